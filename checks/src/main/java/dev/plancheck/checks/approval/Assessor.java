// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.approval.Assessment.Cause;
import dev.plancheck.checks.approval.Assessment.UnknownFact;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.summary.SummaryReport;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Takes the results of a plan's checks one by one and says what they come to. Unknown is not zero:
/// a target without a summary may be changed in any way, and whatever is not known makes the risk
/// at least MODERATE.
final class Assessor implements Runs.ResultReader {
  private record Spot(String spec, String sheet, DatabaseName target) {
    static Spot of(CheckTarget target) {
      return new Spot(target.spec(), target.sheet(), target.target());
    }

    static Spot of(Result result) {
      return new Spot(result.spec(), result.sheet(), result.target());
    }
  }

  private record FoundRow(Spot spot, CheckType type, Outcome outcome, String finding) {}

  private record ComputedRow(Spot spot, String computed) {}

  private record FactRow(Spot spot, SortedMap<String, Object> place, SummaryReport report) {}

  private record UncheckedRow(Unchecked change, SortedMap<String, Object> place) {}

  private static final SortedMap<String, Object> NOWHERE = Collections.emptySortedMap();

  /// Its number is told by the unknown facts themselves.
  private static final Cause UNKNOWN = new Cause(Risk.MODERATE, "facts that are not known", 0);

  private final Places places;
  private final Judgement judgement;
  private final Looks looks;
  private final Map<Spot, CheckTarget> open = new LinkedHashMap<>();
  private final Map<Spot, String> failures = new HashMap<>();
  private final Digests.Findings findingDigests = new Digests.Findings();
  private final Digests.Chain findings = new Digests.Chain();
  private final Digests.Chain facts = new Digests.Chain();
  private final Tally<Cause> causes = new Tally<>();
  private final Tally<UnknownFact> unknown = new Tally<>();
  private Risk risk = Risk.LOW;
  private int targets;

  /// `planned` are the targets that a rollout would reach now.
  Assessor(CompiledPolicy policy, Places places, List<CheckTarget> planned) {
    this.places = places;
    this.judgement = new Judgement(policy);
    this.looks = new Looks(policy.used());
    planned.forEach(target -> open.put(Spot.of(target), target));
  }

  @Override
  public boolean take(FoundResult found) {
    var result = found.result();
    var spot = Spot.of(result);
    findings.add(
        new FoundRow(spot, result.type(), result.outcome(), findingDigests.of(result.finding())));
    if (!result.computed().isEmpty()) {
      // Who approved these statements has not approved others that lead to the same schema.
      findings.add(new ComputedRow(spot, result.computed()));
    }
    var target = open.get(spot);
    if (target == null || found.previous()) {
      return true;
    }
    if (result.summary() != null) {
      open.remove(spot);
      note(spot, places.of(target.target(), target.environment()), result.summary());
    } else if (result.type() == CheckType.STATEMENT_SUMMARY_REPORT) {
      failures.put(spot, result.finding().content());
    }
    return true;
  }

  private void note(Spot spot, SortedMap<String, Object> place, SummaryReport report) {
    targets++;
    facts.add(new FactRow(spot, place, report));
    judgement.of(looks.of(place, report)).forEach(this::add);
    Looks.unknown(report).forEach(unknown::add);
    places.unknown(place).forEach(unknown::add);
  }

  /// A change that no check speaks of.
  void blind(Unchecked change) {
    targets++;
    var target = change.target();
    var place = target == null ? NOWHERE : places.of(target, change.environment());
    facts.add(new UncheckedRow(change, place));
    var look =
        change.kind().equals(StatementKinds.OPAQUE)
            ? looks.opaque(place)
            : looks.plain(place, change.kind());
    judgement.of(look).forEach(this::add);
    unknown.add(new UnknownFact(Facts.STATEMENT, change.why(), 1));
    if (target != null) {
      places.unknown(place).forEach(unknown::add);
    }
  }

  private void add(Cause cause) {
    risk = risk.or(cause.risk());
    causes.add(cause);
  }

  /// How often a condition was asked.
  int questions() {
    return judgement.questions();
  }

  /// All results were taken.
  Assessment end() {
    for (var left : open.entrySet()) {
      var target = left.getValue();
      blind(
          new Unchecked(
              target.spec(),
              target.target(),
              target.environment(),
              StatementKinds.OPAQUE,
              why(left.getKey(), target)));
    }
    open.clear();
    if (!unknown.isEmpty()) {
      risk = risk.or(UNKNOWN.risk());
      causes.add(UNKNOWN, 0);
    }
    return new Assessment(
        risk, named(causes), namedUnknown(), targets, findings.end(), facts.end());
  }

  private String why(Spot spot, CheckTarget target) {
    var failure = failures.get(spot);
    if (failure != null) {
      return "the check failed: " + failure;
    }
    return target.sampledOut()
        ? "the database was not checked: it is not in the sample"
        : "the database was not checked";
  }

  private static List<Cause> named(Tally<Cause> causes) {
    return causes.counts().entrySet().stream()
        .map(entry -> entry.getKey().withTargets(entry.getValue()))
        .sorted(
            Comparator.comparing(Cause::risk)
                .thenComparingInt(Cause::targets)
                .reversed()
                .thenComparing(Cause::words))
        .limit(Assessment.MOST_NAMED)
        .toList();
  }

  private List<UnknownFact> namedUnknown() {
    return unknown.counts().entrySet().stream()
        .map(
            entry -> new UnknownFact(entry.getKey().fact(), entry.getKey().why(), entry.getValue()))
        .sorted(
            Comparator.comparingInt(UnknownFact::targets)
                .reversed()
                .thenComparing(UnknownFact::fact)
                .thenComparing(UnknownFact::why))
        .limit(Assessment.MOST_NAMED)
        .toList();
  }
}
