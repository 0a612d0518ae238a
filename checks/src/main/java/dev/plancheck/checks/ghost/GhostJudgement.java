// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.Answer.Told;
import dev.plancheck.checks.ghost.Answer.Untold;
import dev.plancheck.checks.ghost.GhostFacts.Found;
import dev.plancheck.checks.ghost.GhostFacts.Relation;
import dev.plancheck.engine.review.Finding;
import java.util.List;

/// Whether gh-ost would succeed, and lose nothing: everything that speaks against it at once. Pure:
/// what a server says comes in as [GhostFacts].
final class GhostJudgement {
  private final GhostAlter alter;
  private final GhostFlags flags;
  private final GhostFacts facts;
  private final Findings findings;

  private GhostJudgement(GhostAlter alter, GhostFlags flags, GhostFacts facts, Findings findings) {
    this.alter = alter;
    this.flags = flags;
    this.facts = facts;
    this.findings = findings;
  }

  /// Findings of the sheet are in `findings` already; at least one finding comes back.
  static List<Finding> of(GhostAlter alter, GhostFlags flags, GhostFacts facts, Findings findings) {
    var judgement = new GhostJudgement(alter, flags, facts, findings);
    for (var sentence : flags.quietlyChanged()) {
      findings.add(GhostCode.FLAG_CLAMPED, null, sentence + ".", "Write the value that is meant.");
    }
    ServerCheck.find(facts.server(), flags, findings);
    judgement.grants();
    judgement.table();
    return findings.list();
  }

  private void grants() {
    switch (facts.grants()) {
      case Untold(var reason) -> findings.unknown(reason);
      case Told(var grants) -> GrantCheck.find(facts.server(), grants, findings);
    }
  }

  private void table() {
    switch (facts.table()) {
      case Untold(var reason) -> findings.unknown(reason);
      case Told(var found) -> {
        switch (found.relation()) {
          case Relation.Missing _ ->
              findings.add(
                  GhostCode.NO_TABLE,
                  alter.tableSpan(),
                  "There is no table %s that the user may see.".formatted(alter.table().name()),
                  "");
          case Relation.View _ ->
              findings.add(
                  GhostCode.VIEW,
                  alter.tableSpan(),
                  "%s is a view, and gh-ost changes tables.".formatted(alter.table().name()),
                  "Turn gh-ost off in this spec.");
          case Relation.Base base -> base(found, base);
        }
      }
    }
  }

  private void base(Found found, Relation.Base table) {
    var shape = Shape.of(table, alter.statement().actions(), alter);
    var here =
        new GhostCase(
            alter,
            flags,
            facts.server(),
            table,
            found.alike(),
            found.views(),
            shape,
            facts.rows(),
            facts.trial(),
            findings);
    TableCheck.find(here);
    TableCheck.zeroDates(here);
    NameCheck.find(here);
    ColumnCheck.find(here);
    var key = KeyCheck.find(here);
    ValueLoss.find(here);
    CharsetLoss.find(here);
    UniqueLoss.find(here);
    TrialCheck.find(here);
    NoopCheck.find(alter, facts.noop(), findings);
    if (key.isPresent() && !findings.hasErrors() && !findings.leavesOpen()) {
      var tried = TrialCheck.said(facts.trial()) + " " + NoopCheck.said(facts.noop());
      findings.add(Outlook.of(table, key.get(), flags, tried.strip()));
    }
  }
}
