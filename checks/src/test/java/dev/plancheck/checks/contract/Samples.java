// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.policy.AppliedPolicies.Governing;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Values that tests begin with.
public final class Samples {
  public static final Sheet SHEET = Sheet.of("ALTER TABLE book ADD COLUMN isbn text;\n");

  /// Of the environment that all targets are in, unless they are made otherwise.
  public static final AppliedPolicies POLICIES =
      AppliedPolicies.own("policy-hash", List.of("production"));

  private Samples() {}

  public static Project project(String id) {
    return new Project(
        id, "The " + id, new Project.Settings(7, Duration.ofMinutes(90), true, true, true));
  }

  public static Instance instance(String id, String environment) {
    return new Instance(
        id,
        "Server " + id,
        Engine.POSTGRESQL,
        environment,
        id + ".example.org",
        5432,
        "checker",
        new Secret.Env("PASSWORD_OF_" + id),
        TlsMode.VERIFY_FULL);
  }

  public static List<DatabaseName> databases(String instance, int count) {
    var names = new ArrayList<DatabaseName>();
    for (var number = 0; number < count; number++) {
      names.add(new DatabaseName(instance, "tenant_%03d".formatted(number)));
    }
    return names;
  }

  /// A plan of one migration over `databases` of an instance that nobody needs to know.
  public static Plan plan(StoragePorts ports, String project, int databases) {
    if (ports.projects().get(project).isEmpty()) {
      ports.projects().create(project(project));
    }
    var sheet = ports.sheets().put(SHEET.text());
    var spec = Spec.ChangeDatabase.migrate("change", sheet.sha256(), databases("pg", databases));
    return ports.plans().create(project, "Add the ISBN", List.of(spec), "users/ann");
  }

  public static CheckTarget target(DatabaseName name) {
    return target("change", name, false);
  }

  public static CheckTarget target(String spec, DatabaseName name, boolean sampledOut) {
    return new CheckTarget(
        name,
        "production",
        spec,
        SHEET.sha256(),
        false,
        false,
        false,
        new TreeMap<>(),
        List.of(CheckType.STATEMENT_ADVISE, CheckType.STATEMENT_SUMMARY_REPORT),
        sampledOut);
  }

  /// The first of each ten targets is sampled out.
  public static PlanCheckRunConfig config(int databases) {
    var names = databases("pg", databases);
    var targets =
        names.stream().map(name -> target("change", name, names.indexOf(name) % 10 == 9)).toList();
    return new PlanCheckRunConfig(targets, 3, POLICIES, "rules-1", "members");
  }

  /// A config in which no component has its default.
  public static PlanCheckRunConfig everyField() {
    var target =
        new CheckTarget(
            new DatabaseName("pg-é", "odd/name \"quoted\" 'x' \\ \n ü 😀"),
            "staging",
            "spec-2",
            SHEET.sha256(),
            true,
            true,
            true,
            new TreeMap<>(Map.of("max-load", "Threads_running=25", "chunk-size", "500")),
            List.of(
                CheckType.GHOST_SYNC,
                CheckType.STATEMENT_SUMMARY_REPORT,
                CheckType.STATEMENT_ADVISE),
            true);
    return new PlanCheckRunConfig(
        List.of(target, target("change", new DatabaseName("b", "a"), false)),
        17,
        new AppliedPolicies(
            new TreeMap<>(
                Map.of("", Governing.own("own\0"), "staging", new Governing("strict", "hash 😀")))),
        "rules",
        "membership");
  }
}
