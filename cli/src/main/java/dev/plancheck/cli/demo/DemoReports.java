// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.GroupedResult;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.cli.demo.DemoReport.Affected;
import dev.plancheck.cli.demo.DemoReport.Drifted;
import dev.plancheck.cli.demo.DemoReport.Grouped;
import dev.plancheck.cli.demo.DemoReport.Run;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SchemaDifference;
import dev.plancheck.engine.schema.SizeBorders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// From what the run stored to what the demo shows. It knows nothing but the record: that some
/// tenants drifted it learns from fingerprints, and what differs from the databases themselves.
final class DemoReports {
  /// So many databases are still named one by one.
  private static final int FEW = 5;

  private DemoReports() {}

  static Run run(PlanCheckRun run) {
    var counts = run.counts();
    return new Run(
        run.status(),
        run.verdict(),
        counts.targets(),
        counts.done(),
        counts.error(),
        counts.warning(),
        counts.notPerformed());
  }

  /// Errors first, then by place in the script.
  static List<Grouped> findings(List<Result> results, int targets) {
    return GroupedResult.of(results).stream()
        .filter(group -> group.finding().status() != Status.SUCCESS)
        .map(group -> grouped(group, targets))
        .sorted((one, other) ->
            one.status() != other.status()
                ? other.status().compareTo(one.status())
                : Integer.compare(line(one), line(other)))
        .toList();
  }

  private static Grouped grouped(GroupedResult group, int targets) {
    var finding = group.finding();
    var names = group.targets().size() > FEW ? List.<DatabaseName>of() : group.targets();
    return new Grouped(
        finding.rule(),
        finding.status(),
        finding.title(),
        finding.content(),
        finding.range(),
        group.targets().size(),
        targets,
        names.stream().map(DatabaseName::toString).toList());
  }

  private static int line(Grouped finding) {
    var range = finding.range();
    return range == null ? 0 : range.start().line();
  }

  static Affected affected(List<Result> results) {
    var sum = AffectedRows.NONE;
    @Nullable Result largest = null;
    for (var result : results) {
      var summary = result.summary();
      if (summary != null) {
        sum = sum.plus(summary.affected());
        largest = largest == null || rows(result) > rows(largest) ? result : largest;
      }
    }
    var known = largest == null || rows(largest) < 0 ? null : largest;
    return new Affected(
        sum.method(),
        sum.rows(),
        known == null ? null : known.target().toString(),
        known == null ? null : Long.valueOf(rows(known)));
  }

  /// -1 for unknown, so that it is never the largest beside a known one.
  private static long rows(Result result) {
    SummaryReport summary = Objects.requireNonNull(result.summary());
    var rows = summary.affected().rows();
    return rows == null ? -1 : rows;
  }

  /// One entry per database that does not look like most of them.
  static List<Drifted> drifted(List<Result> results, Script script, TargetConnector connector)
      throws TargetException {
    var drifts = Drifts.of(results);
    var unusual = drifts.unusual();
    if (unusual.isEmpty()) {
      return List.of();
    }
    var usual = schema(drifts.groups().get(drifts.usual()), script, connector);
    var drifted = new ArrayList<Drifted>();
    for (var group : unusual) {
      var differences = SchemaDifference.between(usual, schema(group, script, connector));
      group.forEach(target -> drifted.add(new Drifted(target.toString(), differences)));
    }
    return drifted;
  }

  private static Schema schema(
      @Nullable List<DatabaseName> group, Script script, TargetConnector connector)
      throws TargetException {
    var target = Objects.requireNonNull(group).getFirst();
    try (var session = connector.open(target, TargetConnector.Limits.DEFAULT)) {
      return session.snapshot(Mentions.of(script), SizeBorders.DEFAULT).schema();
    }
  }
}
