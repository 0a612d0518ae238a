// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Suppression.Parsed;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Runs a policy's rules over a script and a target's schema. A pure function: the same policy,
/// script and schema give the same result, whichever target asked.
public final class Review {
  private static final Comparator<Remark> BY_PLACE =
      Comparator.<Remark>comparingInt(remark -> remark.at().start())
          .thenComparingInt(remark -> remark.at().end())
          .thenComparing(remark -> remark.rule().id())
          .thenComparing(Remark::content);

  private final Policy policy;

  public Review(Policy policy) {
    this.policy = policy;
  }

  public Policy policy() {
    return policy;
  }

  /// Never throws for any script: a rule that fails becomes a finding.
  public ReviewResult run(Script script, Schema schema) {
    var remarks = new ArrayList<Remark>();
    ownRemarks(script, remarks);
    var parsed = Suppression.in(script);
    var suppressions = parsed.stream().map(Parsed::suppression).filter(Objects::nonNull).toList();
    var used = new SuppressionUse(script, suppressions);
    for (var remark : RulePass.of(policy, script, schema).remarks()) {
      if (!used.hides(remark)) {
        remarks.add(remark);
      }
    }
    complaints(parsed, remarks);
    unused(script, schema, used, remarks);
    remarks.sort(BY_PLACE);
    return new ReviewResult(
        remarks.stream().distinct().map(remark -> finding(script, remark)).toList(),
        script.statements().size(),
        unanalysed(script));
  }

  private static Finding finding(Script script, Remark remark) {
    return new Finding(
        remark.rule().id(),
        remark.status(),
        remark.rule().title(),
        remark.content(),
        script.source().range(remark.at()));
  }

  private static int unanalysed(Script script) {
    var hidden = new HiddenCode(script);
    return (int)
        script.statements().stream()
            .map(ScriptStatement::statement)
            .filter(s ->
                s instanceof Statement.NotAnalysed
                    || s instanceof Statement.Rejected
                    || hidden.in(s) != null)
            .count();
  }

  private void ownRemarks(Script script, List<Remark> remarks) {
    var hidden = new HiddenCode(script);
    for (var statement : script.statements()) {
      switch (statement.statement()) {
        case Statement.Invalid(var message, var at, var judge) ->
            own(
                OwnFinding.SYNTAX_ERROR,
                at,
                "%s (refused by %s). Nothing of this statement would run."
                    .formatted(message, judge),
                remarks);
        case Statement.Rejected(var message, var at) ->
            own(
                OwnFinding.NOT_PARSED,
                at,
                "This could not be parsed (%s), and no database server was asked whether it is an error. No rule has looked at the statement: check it by hand."
                    .formatted(message),
                remarks);
        case Statement.NotAnalysed(var reason) -> notAnalysed(statement.span(), reason, remarks);
        case Statement other -> {
          var reason = hidden.in(other);
          if (reason != null) {
            notAnalysed(statement.span(), reason, remarks);
          }
        }
      }
    }
  }

  private void notAnalysed(Span at, String reason, List<Remark> remarks) {
    own(
        OwnFinding.NOT_ANALYSED,
        at,
        "No rule has looked at this statement: %s. Check by hand what it locks and changes."
            .formatted(reason),
        remarks);
  }

  private void complaints(List<Parsed> parsed, List<Remark> remarks) {
    for (var one : parsed) {
      if (one.complaint() != null) {
        own(
            OwnFinding.MALFORMED_SUPPRESSION,
            one.at(),
            "This comment suppresses nothing: %s.".formatted(one.complaint()),
            remarks);
      }
      if (one.suppression() != null) {
        one.suppression().rules().forEach(rule -> strangers(rule, one.at(), remarks));
      }
    }
  }

  private void strangers(String rule, Span at, List<Remark> remarks) {
    if (OwnFinding.byId(rule).isPresent()) {
      own(
          OwnFinding.MALFORMED_SUPPRESSION,
          at,
          "%s cannot be suppressed: it speaks of the review itself.".formatted(rule),
          remarks);
    } else if (policy.entry(rule).isEmpty()) {
      own(
          OwnFinding.UNKNOWN_RULE,
          at,
          "There is no rule %s; `plancheck rules` lists them all.".formatted(rule),
          remarks);
    }
  }

  /// A suppression is unused only if neither this target nor a review without any target needs it:
  /// one sheet serves many databases, and some of their tables may be empty.
  private void unused(Script script, Schema schema, SuppressionUse used, List<Remark> remarks) {
    if (used.unused(policy).isEmpty()) {
      return;
    }
    var elsewhere = RulePass.of(policy, script, Schema.unknown(schema.version()));
    elsewhere.remarks().forEach(used::hides);
    elsewhere.undecided().forEach(used::hides);
    for (var unused : used.unused(policy)) {
      own(
          OwnFinding.UNUSED_SUPPRESSION,
          unused.at(),
          "%s finds nothing here, with this suppression or without: remove it."
              .formatted(unused.rule()),
          remarks);
    }
  }

  private void own(OwnFinding finding, Span at, String content, List<Remark> remarks) {
    var level = policy.level(finding);
    if (level != Level.OFF) {
      remarks.add(new Remark(finding.info(), level.status(), at, content));
    }
  }
}
