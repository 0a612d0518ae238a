// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.planner.PlannedChecks.Checks;
import dev.plancheck.checks.planner.PlannedChecks.MatchesNothing;
import dev.plancheck.checks.planner.PlannedChecks.NotApplicable;
import dev.plancheck.checks.policy.PoliciesInForce;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/// From a plan to the frozen list of what its run checks: a pure function. It lists every matched
/// target in plan order, those that sampling leaves out too, so that nobody has to guess what was
/// not looked at.
public final class CheckPlanner {
  /// What the answer depends on beside the plan. `rulesVersion` names the rules of this build.
  public record Inputs(
      Project.Settings settings,
      Inventory inventory,
      EnvironmentOrder environments,
      PoliciesInForce policies,
      String rulesVersion) {}

  private final Plan plan;
  private final Inputs inputs;
  private final Sampling sampling;

  private CheckPlanner(Plan plan, Inputs inputs) {
    this.plan = plan;
    this.inputs = inputs;
    this.sampling = new Sampling(plan.name().toString(), inputs.environments());
  }

  /// Throws [ApiException]: INVALID_ARGUMENT for a database named twice in one spec,
  /// FAILED_PRECONDITION for databases and groups that are not known, and for a group whose
  /// expression fails on a database.
  public static PlannedChecks plan(Plan plan, Inputs inputs) {
    return new CheckPlanner(plan, inputs).plan();
  }

  private PlannedChecks plan() {
    var targets = new ArrayList<CheckTarget>();
    var applicable = false;
    for (var index = 0; index < plan.specs().size(); index++) {
      if (plan.specs().get(index) instanceof ChangeDatabase change && change.sheet() != null) {
        var matched = matched("specs[%d]".formatted(index), change);
        if (matched.isEmpty()) {
          return new MatchesNothing(change.id());
        }
        applicable = true;
        targets.addAll(targets(change, change.sheet(), matched));
      }
    }
    return applicable ? new Checks(config(targets)) : new NotApplicable();
  }

  private PlanCheckRunConfig config(List<CheckTarget> targets) {
    return new PlanCheckRunConfig(
        targets,
        plan.version(),
        inputs.policies().over(targets.stream().map(CheckTarget::environment).distinct().toList()),
        inputs.rulesVersion(),
        Membership.hash(targets));
  }

  private List<CheckTarget> targets(ChangeDatabase change, String sheet, List<Database> matched) {
    // Each database may get statements of its own, which nobody has seen unless it is checked.
    var most = change.type() == ChangeDatabase.Type.SDL ? 0 : inputs.settings().samplingSize();
    var chosen = sampling.choose(matched, most);
    return matched.stream()
        .map(database -> target(change, sheet, database, !chosen.contains(database.name())))
        .toList();
  }

  private static CheckTarget target(
      ChangeDatabase change, String sheet, Database database, boolean sampledOut) {
    return new CheckTarget(
        database.name(),
        database.environment(),
        change.id(),
        sheet,
        change.enablePriorBackup(),
        change.enableGhost(),
        change.type() == ChangeDatabase.Type.SDL,
        change.ghostFlags(),
        types(change),
        sampledOut);
  }

  private static List<CheckType> types(ChangeDatabase change) {
    var both = List.of(CheckType.STATEMENT_ADVISE, CheckType.STATEMENT_SUMMARY_REPORT);
    return switch (change.type()) {
      case SDL -> both;
      case MIGRATE -> {
        if (!change.enableGhost()) {
          yield both;
        }
        var all = new ArrayList<>(both);
        all.add(CheckType.GHOST_SYNC);
        yield all;
      }
    };
  }

  private List<Database> matched(String path, ChangeDatabase change) {
    return switch (change.targets()) {
      case Targets.Listed(var names) -> listed(path, names);
      case Targets.Group(var group) -> members(path, group);
    };
  }

  /// By name, because a group has no order.
  private List<Database> members(String path, GroupName name) {
    var group = inputs.inventory().groups().get(name);
    if (group == null) {
      throw new ApiException(
          Code.FAILED_PRECONDITION, path + ".targets", "target: %s does not exist".formatted(name));
    }
    return inputs.inventory().databases().values().stream()
        .filter(group::contains)
        .sorted(Comparator.comparing(Database::name))
        .toList();
  }

  private List<Database> listed(String path, List<DatabaseName> names) {
    var seen = new HashSet<DatabaseName>();
    var unknown = new ArrayList<DatabaseName>();
    var matched = new ArrayList<Database>();
    for (var name : names) {
      if (!seen.add(name)) {
        throw ApiException.invalid(
            path + ".targets",
            "target: %s twice (expected: each database once in a spec)".formatted(name));
      }
      var database = inputs.inventory().databases().get(name);
      if (database == null) {
        unknown.add(name);
      } else {
        matched.add(database);
      }
    }
    if (!unknown.isEmpty()) {
      throw unknown(path, unknown);
    }
    return matched;
  }

  private ApiException unknown(String path, List<DatabaseName> unknown) {
    var first = unknown.getFirst();
    var others = unknown.size() == 1 ? "" : " and %d more".formatted(unknown.size() - 1);
    var expected =
        inputs.inventory().instances().contains(first.instance())
            ? "a database of instances/%s; sync the instance, or take it out of the plan"
            : "an instance that is registered; instances/%s is not";
    return new ApiException(
        Code.FAILED_PRECONDITION,
        path + ".targets",
        "target: %s%s (expected: %s)"
            .formatted(first, others, expected.formatted(first.instance())));
  }
}
