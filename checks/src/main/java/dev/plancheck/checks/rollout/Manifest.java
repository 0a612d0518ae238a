// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.gate.GateAnswer;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.planner.EnvironmentOrder;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From what the gate let through to the list of tasks: exactly the databases that were checked or
/// sampled out, none that joined since.
final class Manifest {
  private final CheckPorts ports;

  Manifest(CheckPorts ports) {
    this.ports = ports;
  }

  /// Throws [ApiException]: NOT_FOUND, FAILED_PRECONDITION for what a rollout cannot carry out,
  /// ABORTED when the plan was edited since the gate has seen it.
  RolloutDraft draft(GateAnswer answer, Order order) {
    var plan = plan(order.plan(), answer.seen());
    plan.specs().forEach(Manifest::requireExecutable);
    var config = config(plan, answer.seen());
    requireKnownInstances(config);
    var environments =
        config.targets().stream()
            .map(CheckTarget::environment)
            .distinct()
            .sorted((Comparator<String>) order.environments())
            .toList();
    var sheets = new ManifestSheets(ports.runs()).of(plan.name(), answer.seen(), config);
    var items =
        config.targets().stream()
            .map(target ->
                item(target, sheets.of(target), environments.indexOf(target.environment())))
            .toList();
    var source =
        new Rollout.Source(
            plan.name(),
            plan.version(),
            answer.seen().attempt(),
            approval(answer),
            answer instanceof GateAnswer.Overridden(_, _, var override, _) ? override.id() : null);
    return new RolloutDraft(source, order.options(), environments, items, order.actor());
  }

  /// The id of the decision that completed the approval, as the manifest names it.
  private static @Nullable String approval(GateAnswer answer) {
    var decision =
        switch (answer) {
          case GateAnswer.Open(_, var approval) -> approval;
          case GateAnswer.Overridden(_, _, _, var approval) -> approval;
          case GateAnswer.Blocked _ -> null;
        };
    return decision == null ? null : decision.toString();
  }

  /// What somebody wants to be rolled out.
  record Order(
      PlanName plan, RolloutOptions options, EnvironmentOrder environments, String actor) {}

  private static TaskItem item(CheckTarget target, String sheet, int stage) {
    return new TaskItem(stage, target.spec(), target.target(), sheet, target.enablePriorBackup());
  }

  private Plan plan(PlanName name, GateAnswer.Seen seen) {
    var plan = ports.plans().get(name).orElseThrow(() -> ApiException.notFound(name.toString()));
    if (plan.version() != seen.planVersion()) {
      throw ApiException.aborted(
          "%s was edited meanwhile (version %d, the gate has seen %d)"
              .formatted(name, plan.version(), seen.planVersion()));
    }
    return plan;
  }

  private static void requireExecutable(Spec spec) {
    var why =
        switch (spec) {
          case Spec.CreateDatabase _ -> "creates a database";
          case Spec.ExportData _ -> "exports data";
          case Spec.ChangeDatabase change -> obstacle(change);
        };
    if (!why.isEmpty()) {
      throw ApiException.failedPrecondition(
          "spec %s %s (expected: a change by a sheet; nothing else is rolled out)"
              .formatted(spec.id(), why));
    }
  }

  private static String obstacle(Spec.ChangeDatabase change) {
    if (change.sheet() == null) {
      return "changes databases by the release " + change.release();
    }
    return change.enableGhost() ? "asks for gh-ost" : "";
  }

  /// An override may let a stale run pass, but never sheets that are not the plan's any more.
  private PlanCheckRunConfig config(Plan plan, GateAnswer.Seen seen) {
    var config = seen.run() == null ? null : ports.runs().config(plan.name()).orElse(null);
    if (config == null || config.targets().isEmpty()) {
      throw ApiException.failedPrecondition(
          "%s has no database that was matched (expected: checks of the plan)"
              .formatted(plan.name()));
    }
    if (config.planVersion() != plan.version()) {
      throw ApiException.failedPrecondition(
          "%s was edited since its checks (version %d, checked %d): run them again"
              .formatted(plan.name(), plan.version(), config.planVersion()));
    }
    return config;
  }

  private void requireKnownInstances(PlanCheckRunConfig config) {
    var seen = new HashSet<String>();
    for (var target : config.targets()) {
      var id = target.target().instance();
      if (seen.add(id)) {
        var instance = ports.instances().get(id);
        if (instance.isEmpty()) {
          throw ApiException.failedPrecondition(
              "instances/%s does not exist any more (expected: every instance of the plan)"
                  .formatted(id));
        }
        switch (instance.get().engine()) {
          case POSTGRESQL -> {}
          case MYSQL, MARIADB ->
              throw ApiException.failedPrecondition(
                  "instances/%s: %s (expected: PostgreSQL; other databases cannot be changed yet)"
                      .formatted(id, instance.get().engine().title()));
        }
      }
    }
  }

  /// Databases of the plan as it is now that are not among `tasks`, by name.
  static List<String> newcomers(PlanCheckRunConfig now, List<Task> tasks) {
    var known = new HashSet<String>();
    tasks.forEach(task -> known.add(task.item().spec() + " " + task.item().target()));
    return now.targets().stream()
        .filter(target -> !known.contains(target.spec() + " " + target.target()))
        .map(target -> target.target().toString())
        .distinct()
        .sorted()
        .toList();
  }
}
