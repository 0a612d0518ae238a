// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.advise.SyntaxJudge;
import dev.plancheck.checks.declarative.ScriptedDifferences;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.policy.PolicySource;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyTerms;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A runner over scripted databases, with a sheet of one statement and one rule.
final class RunnerRig implements AutoCloseable {
  static final String TEXT = "UPDATE book SET id = id + 1;\n";
  static final List<CheckType> BOTH =
      List.of(CheckType.STATEMENT_ADVISE, CheckType.STATEMENT_SUMMARY_REPORT);

  final ScriptedTargets targets = new ScriptedTargets();
  final ScriptedDifferences differences = new ScriptedDifferences();
  final Sheets sheets = new Memory(InstantSource.system()).sheets();
  final String sheet = sheets.put(TEXT).sha256();
  final StopSignal stop = new StopSignal();
  private @Nullable CheckRunner runner;
  @Nullable SyntaxJudge judge;

  CheckRunner runner(RunSettings settings) {
    return runner(settings, sheets);
  }

  CheckRunner runner(RunSettings settings, Sheets from) {
    if (runner != null) {
      throw new IllegalStateException("a rig has one runner");
    }
    var terms = new PolicyTerms(Policy.of(List.of(new SchemaEcho(1))));
    var means =
        new CheckRunner.Means(
            new ScriptReview(judge), _ -> new PolicySource.Found.Usable(terms), from);
    runner =
        new CheckRunner(
            new CheckRunner.Readers(targets, differences),
            means,
            new Memory(InstantSource.system()).ports().leases(),
            settings,
            InstantSource.system());
    return runner;
  }

  RunReport run(RunSettings settings, List<CheckTarget> checked) throws InterruptedException {
    return run(runner(settings), checked);
  }

  RunReport run(CheckRunner by, List<CheckTarget> checked) throws InterruptedException {
    var found = new CollectedResults();
    by.run(config(checked), stop, found);
    return RunReport.of(config(checked), found, stop);
  }

  RunReport run(List<CheckTarget> checked) throws InterruptedException {
    return run(RunSettings.DEFAULT, checked);
  }

  static final AppliedPolicies POLICIES = AppliedPolicies.own("policy", List.of("prod"));

  static PlanCheckRunConfig config(List<CheckTarget> checked) {
    return new PlanCheckRunConfig(checked, 1, POLICIES, "rules", "members");
  }

  List<CheckTarget> databases(String instance, int count) {
    var checked = new ArrayList<CheckTarget>();
    for (var number = 0; number < count; number++) {
      checked.add(target(name(instance, number), BOTH));
    }
    return checked;
  }

  static DatabaseName name(String instance, int number) {
    return new DatabaseName(instance, "db_%04d".formatted(number));
  }

  CheckTarget target(DatabaseName name, List<CheckType> types) {
    return new CheckTarget(
        name, "prod", "change", sheet, false, false, false, new TreeMap<>(), types, false);
  }

  /// A target whose sheet is a wanted schema.
  CheckTarget wanting(DatabaseName name, String schema) {
    return new CheckTarget(
        name,
        "prod",
        "change",
        sheets.put(schema).sha256(),
        false,
        false,
        true,
        new TreeMap<>(),
        BOTH,
        false);
  }

  @Override
  public void close() {
    targets.release();
    if (runner != null) {
      runner.close();
    }
  }
}
