// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.gate.GateAnswer;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.Standing.Planned;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What users can do with rollouts. Reading goes to the port [Rollouts].
public final class RolloutService {
  private static final int TRIES = 3;
  private static final int LONGEST_WHY = 2000;

  private final CheckPorts checks;
  private final RunService runs;
  private final Gate gate;
  private final RolloutPorts ports;
  private final Conductor conductor;

  public RolloutService(
      CheckPorts checks, RunService runs, Gate gate, RolloutPorts ports, Conductor conductor) {
    this.checks = checks;
    this.runs = runs;
    this.gate = gate;
    this.ports = ports;
    this.conductor = conductor;
  }

  /// Settles on what is to be done, for `actor`; nothing begins by it unless the options say so.
  /// Throws [ApiException]: NOT_FOUND; FAILED_PRECONDITION while the gate is shut, while a rollout
  /// of the plan is live, for a version that was rolled out before, and for specs that cannot be
  /// carried out; ABORTED when others change the plan or its run all the time.
  public Rollout create(PlanName plan, RolloutOptions options, String actor) {
    var order = new Manifest.Order(plan, options, runs.environments(), actor);
    for (var tried = 1; ; tried++) {
      try {
        var answer = open(plan);
        var created = ports.rollouts().create(new Manifest(checks).draft(answer, order));
        conductor.look(created.id());
        return read(created.id());
      } catch (ApiException e) {
        if (e.code() != Code.ABORTED || tried == TRIES) {
          throw e;
        }
      }
    }
  }

  private GateAnswer open(PlanName plan) {
    var answer = gate.evaluate(plan, Purpose.ROLLOUT);
    if (!answer.isOpen()) {
      throw ApiException.failedPrecondition(
          "the gate of %s is shut: %s".formatted(plan, words(answer)));
    }
    return answer;
  }

  static String words(GateAnswer answer) {
    return answer.reasons().stream().map(GateReason::words).collect(Collectors.joining("; "));
  }

  /// The plan's rollout that was created last. Throws [ApiException] NOT_FOUND.
  public Rollout get(PlanName plan) {
    return ports
        .rollouts()
        .latest(plan)
        .orElseThrow(() -> ApiException.notFound(plan + "/rollout"));
  }

  /// Databases that the plan would reach by now and the rollout does not, by name.
  public List<String> newcomers(Rollout rollout) {
    return runs.standing(rollout.plan()).planned() instanceof Planned.ToCheck(var config)
        ? Manifest.newcomers(
            config, ports.rollouts().tasks(rollout.id(), TaskQuery.first(Integer.MAX_VALUE)))
        : List.of();
  }

  /// Lets the next stage begin. Throws [ApiException]: NOT_FOUND; INVALID_ARGUMENT for an
  /// environment that the rollout does not reach; FAILED_PRECONDITION when it is not its turn, or
  /// the gate is shut for its open tasks.
  public Rollout startStage(PlanName plan, String environment, String actor) {
    var rollout = active(plan);
    var stage =
        rollout.stages().stream()
            .filter(one -> one.environment().equals(environment))
            .findFirst()
            .orElseThrow(() ->
                ApiException.invalid(
                    "environment",
                    "environment: %s (expected: one of %s)"
                        .formatted(
                            environment,
                            rollout.stages().stream().map(Stage::environment).toList())));
    if (!rollout.current().equals(Optional.of(stage)) || stage.start() != null) {
      throw notNow(rollout, stage);
    }
    var against = conductor.against(rollout, stage);
    if (!against.isEmpty()) {
      throw ApiException.failedPrecondition(
          "the gate is shut for stage %s: %s".formatted(environment, String.join("; ", against)));
    }
    if (!ports.rollouts().startStage(rollout.id(), stage.number(), actor)) {
      throw notNow(read(rollout.id()), stage);
    }
    return looked(rollout);
  }

  private static ApiException notNow(Rollout rollout, Stage stage) {
    return ApiException.failedPrecondition(
        "stage %s cannot be started (expected: not started, all stages before it complete; next is %s)"
            .formatted(
                stage.environment(),
                rollout
                    .current()
                    .filter(next -> next.start() == null)
                    .map(Stage::environment)
                    .orElse("none")));
  }

  /// Has tasks tried again that failed, drifted or were canceled; what drifted is checked first.
  /// Throws [ApiException]: NOT_FOUND, FAILED_PRECONDITION for the first that is in another state,
  /// and for a canceled rollout of a plan that was edited since.
  public Rollout retry(PlanName plan, List<Integer> tasks, String actor) {
    return each(
        plan,
        tasks,
        TaskState::isRetryable,
        "FAILED, DRIFTED or CANCELED",
        key -> ports.rollouts().retry(key, actor));
  }

  /// Leaves tasks out for good. Throws [ApiException]: NOT_FOUND, INVALID_ARGUMENT without a
  /// reason, FAILED_PRECONDITION for the first that runs or is settled.
  public Rollout skip(PlanName plan, List<Integer> tasks, String why, String actor) {
    if (why.isBlank() || why.length() > LONGEST_WHY) {
      throw ApiException.invalid(
          "reason",
          "reason: %d characters (expected: 1 to %d, for whoever asks later)"
              .formatted(why.strip().length(), LONGEST_WHY));
    }
    return each(
        plan,
        tasks,
        TaskState::isSkippable,
        "PENDING, FAILED, CANCELED, DRIFTED or UNKNOWN",
        key -> ports.rollouts().skip(key, why.strip(), actor));
  }

  /// Says of an UNKNOWN task whether its statement was applied; what comes behind it in the sheet
  /// goes on, or the statement is tried again. Throws [ApiException]: NOT_FOUND,
  /// FAILED_PRECONDITION for another state.
  public Rollout resolve(PlanName plan, int task, boolean applied, String actor) {
    return each(
        plan,
        List.of(task),
        state -> state == TaskState.UNKNOWN,
        "UNKNOWN",
        key -> ports.rollouts().resolve(key, applied, actor));
  }

  private Rollout each(
      PlanName plan,
      List<Integer> tasks,
      Predicate<TaskState> fits,
      String expected,
      Predicate<TaskKey> step) {
    var rollout = get(plan);
    var keys = tasks.stream().map(number -> new TaskKey(rollout.id(), number)).toList();
    for (var key : keys) {
      requireFitting(rollout, key, fits, expected);
    }
    for (var key : keys) {
      if (!step.test(key)) {
        requireFitting(rollout, key, fits, expected);
        throw ApiException.aborted(
            "task %d of %s was changed meanwhile: read it again".formatted(key.number(), plan));
      }
    }
    return looked(rollout);
  }

  private void requireFitting(
      Rollout rollout, TaskKey key, Predicate<TaskState> fits, String expected) {
    var task = ports.rollouts().task(key).orElseThrow(() -> noTask(rollout, key));
    if (!fits.test(task.state())) {
      throw ApiException.failedPrecondition(
          "task %d of %s is %s (expected: %s)"
              .formatted(key.number(), rollout.plan(), task.state(), expected));
    }
  }

  private static ApiException noTask(Rollout rollout, TaskKey key) {
    return ApiException.notFound("%s/rollout/tasks/%d".formatted(rollout.plan(), key.number()));
  }

  /// Throws [ApiException] NOT_FOUND.
  public Task task(PlanName plan, int number) {
    var rollout = get(plan);
    var key = new TaskKey(rollout.id(), number);
    return ports.rollouts().task(key).orElseThrow(() -> noTask(rollout, key));
  }

  /// What has not begun never does, and what runs is stopped. Throws [ApiException]: NOT_FOUND,
  /// FAILED_PRECONDITION for a rollout that is not active.
  public Rollout cancel(PlanName plan, String actor) {
    var rollout = active(plan);
    if (!ports.rollouts().cancel(rollout.id(), actor)) {
      throw notActive(read(rollout.id()));
    }
    ports.queue().canceled(rollout.id());
    return looked(rollout);
  }

  private Rollout active(PlanName plan) {
    var rollout = get(plan);
    if (rollout.status() != Rollout.Status.ACTIVE) {
      throw notActive(rollout);
    }
    return rollout;
  }

  private static ApiException notActive(Rollout rollout) {
    return ApiException.failedPrecondition(
        "the rollout of %s is %s (expected: ACTIVE)".formatted(rollout.plan(), rollout.status()));
  }

  private Rollout looked(Rollout rollout) {
    conductor.look(rollout.id());
    return read(rollout.id());
  }

  private Rollout read(long id) {
    return ports.rollouts().get(id).orElseThrow();
  }
}
