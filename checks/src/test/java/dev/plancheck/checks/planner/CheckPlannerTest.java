// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.planner.PlannedChecks.Checks;
import dev.plancheck.checks.planner.PlannedChecks.MatchesNothing;
import dev.plancheck.checks.planner.PlannedChecks.NotApplicable;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.policy.AppliedPolicies.Governing;
import dev.plancheck.checks.policy.PoliciesInForce;
import dev.plancheck.checks.policy.PoliciesInForce.Ruling;
import dev.plancheck.checks.policy.PolicyScope;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CheckPlannerTest {
  private static final String SHEET = "a".repeat(64);
  private static final List<CheckType> BOTH =
      List.of(CheckType.STATEMENT_ADVISE, CheckType.STATEMENT_SUMMARY_REPORT);

  private final Map<DatabaseName, Database> databases = new HashMap<>();
  private PoliciesInForce policies = new PoliciesInForce("shop", List.of(), "policy");
  private int samplingSize;
  private EnvironmentOrder environments = EnvironmentOrder.BY_NAME;

  @Test
  void specsThatAreNotCheckedMakeThePlanNotApplicable() {
    var targets = databases("prod", 2);
    var specs =
        List.<Spec>of(
            new Spec.CreateDatabase("create", "prod", "new"),
            new Spec.ExportData("export", SHEET, targets),
            new ChangeDatabase(
                "release",
                null,
                "releases/1",
                ChangeDatabase.Type.MIGRATE,
                Targets.of(targets),
                false,
                true,
                Collections.emptySortedMap()));

    assertThat(plan(specs)).isEqualTo(new NotApplicable());
    assertThat(plan(List.of())).isEqualTo(new NotApplicable());
  }

  @Test
  void aChangeThatReachesNoDatabaseIsAnAnswerOfItsOwn() {
    var targets = databases("prod", 1);

    assertThat(plan(List.of(migrate("one", targets), migrate("two", List.of()))))
        .isEqualTo(new MatchesNothing("two"));
  }

  @Test
  void checksAChangeByAdviceAndSummary() {
    var targets = databases("prod", 2);

    var config = checks(List.of(migrate("change", targets)));

    assertThat(config.planVersion()).isEqualTo(4);
    assertThat(config.policies()).isEqualTo(AppliedPolicies.own("policy", List.of("prod")));
    assertThat(config.rulesVersion()).isEqualTo("rules");
    assertThat(config.targets())
        .containsExactly(
            target("change", targets.get(0), false, false, BOTH),
            target("change", targets.get(1), false, false, BOTH));
  }

  @Test
  void namesThePolicyThatGovernsEachEnvironmentOfThePlan() {
    var targets = new ArrayList<>(databases("prod", 1));
    targets.addAll(databases("staging", 2));
    targets.addAll(databases("", 1));
    policies =
        new PoliciesInForce(
            "shop",
            List.of(
                new Ruling(new PolicyScope(null, "prod"), "strict", "hash-1"),
                new Ruling(new PolicyScope(null, "test"), "unused", "hash-2"),
                new Ruling(new PolicyScope("other", null), "foreign", "hash-3")),
            "own");

    var config = checks(List.of(migrate("change", targets)));

    assertThat(config.policies().byEnvironment())
        .containsExactly(
            Map.entry("", Governing.own("own")),
            Map.entry("prod", new Governing("strict", "hash-1")),
            Map.entry("staging", Governing.own("own")));
    assertThat(config.policyHash()).isEqualTo(config.policies().hash());
  }

  @Test
  void theMembershipHashKnowsTheEnvironment() {
    var targets = databases("prod", 1);
    var hash = checks(List.of(migrate("change", targets))).membershipHash();
    databases.put(targets.getFirst(), new Database(targets.getFirst(), "test", new TreeMap<>()));

    assertThat(checks(List.of(migrate("change", targets))).membershipHash()).isNotEqualTo(hash);
  }

  @Test
  void checksGhostOnlyForMigrationsThatEnableIt() {
    var target = databases("prod", 1).getFirst();
    var all = new ArrayList<>(BOTH);
    all.add(CheckType.GHOST_SYNC);

    assertThat(checks(List.of(ghost(ChangeDatabase.Type.MIGRATE, target))).targets())
        .containsExactly(target("change", target, true, false, all));
    assertThat(checks(List.of(ghost(ChangeDatabase.Type.SDL, target))).targets())
        .containsExactly(target("change", target, true, true, BOTH));
  }

  @Test
  void keepsThePlansOrderAndTellsTwoSpecsOnOneDatabaseApart() {
    var a = databases("prod", 3);
    var reversed = a.reversed();

    var config = checks(List.of(migrate("first", reversed), migrate("second", a)));

    assertThat(config.targets())
        .extracting(target -> target.spec() + " " + target.target().database())
        .containsExactly(
            "first prod_2",
            "first prod_1",
            "first prod_0",
            "second prod_0",
            "second prod_1",
            "second prod_2");
  }

  @Test
  void refusesADatabaseTwiceInOneSpec() {
    var name = databases("prod", 1).getFirst();

    assertRefused(
        Code.INVALID_ARGUMENT,
        List.of(migrate("change", List.of(name, name))),
        "target: instances/prod/databases/prod_0 twice (expected: each database once in a spec)");
  }

  @Test
  void refusesDatabasesThatAreNotKnown() {
    databases("prod", 1);
    var unknown = List.of(new DatabaseName("prod", "x"), new DatabaseName("prod", "y"));

    assertRefused(
        Code.FAILED_PRECONDITION,
        List.of(migrate("change", unknown)),
        "target: instances/prod/databases/x and 1 more (expected: a database of instances/prod;"
            + " sync the instance, or take it out of the plan)");
    assertRefused(
        Code.FAILED_PRECONDITION,
        List.of(migrate("change", List.of(new DatabaseName("gone", "x")))),
        "target: instances/gone/databases/x (expected: an instance that is registered;"
            + " instances/gone is not)");
  }

  @Test
  void samplesTheLastEnvironmentFirstAndEachAtLeastOnce() {
    var targets = new ArrayList<DatabaseName>();
    for (var environment : List.of("dev", "prod", "staging")) {
      targets.addAll(databases(environment, 10));
    }
    environments = new EnvironmentOrder(List.of("dev", "staging", "prod"));

    assertThat(chosenByEnvironment(5, targets))
        .isEqualTo(Map.of("prod", 3, "staging", 1, "dev", 1));
    assertThat(chosenByEnvironment(13, targets))
        .isEqualTo(Map.of("prod", 10, "staging", 2, "dev", 1));
    assertThat(chosenByEnvironment(2, targets)).isEqualTo(Map.of("prod", 1, "staging", 1));
    assertThat(chosenByEnvironment(1, targets)).isEqualTo(Map.of("prod", 1));
    assertThat(chosenByEnvironment(30, targets))
        .isEqualTo(Map.of("prod", 10, "staging", 10, "dev", 10));
    assertThat(chosenByEnvironment(0, targets))
        .isEqualTo(Map.of("prod", 10, "staging", 10, "dev", 10));
  }

  @Test
  void ordersEnvironmentsByNameWhenNobodySaysOtherwise() {
    var targets = new ArrayList<>(databases("alpha", 3));
    targets.addAll(databases("beta", 3));

    assertThat(chosenByEnvironment(1, targets)).isEqualTo(Map.of("beta", 1));
  }

  @Test
  void takesEnvironmentsOutsideOfTheOrderLast() {
    var targets = new ArrayList<>(databases("prod", 1));
    targets.addAll(databases("zoo", 1));
    environments = new EnvironmentOrder(List.of("test", "prod"));

    assertThat(chosenByEnvironment(1, targets)).isEqualTo(Map.of("prod", 1));
  }

  @Test
  void listsEveryMatchedTargetInPlanOrderThoughItIsSampledOut() {
    var targets = databases("prod", 20);
    samplingSize = 3;

    var config = checks(List.of(migrate("change", targets)));

    assertThat(config.targets()).extracting(CheckTarget::target).isEqualTo(targets);
    assertThat(config.chosen()).hasSize(3);
  }

  @Test
  void samplesEachSpecForItself() {
    var targets = databases("prod", 20);
    samplingSize = 3;

    var config = checks(List.of(migrate("one", targets), migrate("two", targets.subList(0, 2))));

    assertThat(config.chosen())
        .extracting(CheckTarget::spec)
        .containsExactly("one", "one", "one", "two", "two");
  }

  @Test
  void choosesTheSameForAPlanAndAnotherForAnotherPlan() {
    var targets = databases("prod", 100);
    samplingSize = 5;
    var specs = List.<Spec>of(migrate("change", targets));

    var first = chosen(1, specs);
    assertThat(chosen(1, specs)).isEqualTo(first);
    var choices = new HashSet<Set<DatabaseName>>();
    for (var number = 1; number <= 20; number++) {
      choices.add(chosen(number, specs));
    }
    assertThat(choices).hasSizeGreaterThan(15);
  }

  @Test
  void theMembershipHashKnowsWhoBelongsButNotTheOrder() {
    var targets = databases("prod", 3);
    var hash = checks(List.of(migrate("change", targets))).membershipHash();

    assertThat(checks(List.of(migrate("change", targets.reversed()))).membershipHash())
        .isEqualTo(hash);
    assertThat(checks(List.of(migrate("change", targets.subList(0, 2)))).membershipHash())
        .isNotEqualTo(hash);
    assertThat(checks(List.of(migrate("other", targets))).membershipHash()).isNotEqualTo(hash);
    samplingSize = 1;
    assertThat(checks(List.of(migrate("change", targets))).membershipHash()).isEqualTo(hash);
  }

  private Map<String, Integer> chosenByEnvironment(int size, List<DatabaseName> targets) {
    samplingSize = size;
    var counts = new HashMap<String, Integer>();
    checks(List.of(migrate("change", targets)))
        .chosen()
        .forEach(target -> counts.merge(target.environment(), 1, Integer::sum));
    return counts;
  }

  private Set<DatabaseName> chosen(int planNumber, List<Spec> specs) {
    var chosen = new HashSet<DatabaseName>();
    if (plan(planNumber, specs) instanceof Checks(var config)) {
      config.chosen().forEach(target -> chosen.add(target.target()));
    }
    return chosen;
  }

  private PlanCheckRunConfig checks(List<Spec> specs) {
    return ((Checks) plan(specs)).config();
  }

  private PlannedChecks plan(List<Spec> specs) {
    return plan(7, specs);
  }

  private PlannedChecks plan(int number, List<Spec> specs) {
    var plan =
        new Plan(new PlanName("shop", number), "A plan", specs, 4, Instant.EPOCH, Instant.EPOCH);
    var instances = new HashSet<String>();
    databases.keySet().forEach(name -> instances.add(name.instance()));
    return CheckPlanner.plan(
        plan,
        new CheckPlanner.Inputs(
            Project.Settings.DEFAULT.withSamplingSize(samplingSize),
            new Inventory(instances, databases, Map.of()),
            environments,
            policies,
            "rules"));
  }

  private void assertRefused(Code code, List<Spec> specs, String message) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> plan(specs))
        .withMessage(message)
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(code);
          assertThat(refusal.field()).contains("specs[0].targets");
        });
  }

  /// Adds `count` databases, in an instance and an environment of that name.
  private List<DatabaseName> databases(String environment, int count) {
    var names = new ArrayList<DatabaseName>();
    for (var number = 0; number < count; number++) {
      var name = new DatabaseName(environment, environment + "_" + number);
      databases.put(name, new Database(name, environment, new TreeMap<>()));
      names.add(name);
    }
    return names;
  }

  private static Spec migrate(String id, List<DatabaseName> targets) {
    return ChangeDatabase.migrate(id, SHEET, targets);
  }

  private static Spec ghost(ChangeDatabase.Type type, DatabaseName target) {
    return new ChangeDatabase(
        "change", SHEET, null, type, Targets.of(List.of(target)), true, true, flags());
  }

  private static SortedMap<String, String> flags() {
    return new TreeMap<>(Map.of("chunk-size", "500"));
  }

  private static CheckTarget target(
      String spec, DatabaseName name, boolean everything, boolean sdl, List<CheckType> types) {
    return new CheckTarget(
        name,
        name.instance(),
        spec,
        SHEET,
        everything,
        everything,
        sdl,
        everything ? flags() : Collections.emptySortedMap(),
        types,
        false);
  }
}
