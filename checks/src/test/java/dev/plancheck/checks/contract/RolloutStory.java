// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.RolloutDraft;
import dev.plancheck.checks.rollout.RolloutOptions;
import dev.plancheck.checks.rollout.RolloutTasks;
import dev.plancheck.checks.rollout.RolloutTasks.Claim;
import dev.plancheck.checks.rollout.Rollouts;
import dev.plancheck.checks.rollout.Rollouts.Release;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.TaskItem;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskQuery;
import dev.plancheck.checks.rollout.TaskTurn;
import dev.plancheck.checks.run.CheckedState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The usual steps of rollouts over some ports, so that a test says only what it is about.
public record RolloutStory(StoragePorts ports) {
  public static final ChangeOutcome APPLIED =
      new ChangeOutcome.Applied(
          List.of(new AppliedStatement(1, "ALTER TABLE", null, Duration.ofMillis(7))),
          false,
          null,
          Duration.ofMillis(9));

  public static final ChangeOutcome FAILED =
      new ChangeOutcome.Failed("relation \"book\" does not exist", 1, null, 0);

  public Rollouts rollouts() {
    return ports.rollouts().rollouts();
  }

  public RolloutTasks tasks() {
    return ports.rollouts().tasks();
  }

  /// One task per database of a new plan, all of one stage.
  public Rollout create(int databases, RolloutOptions options) {
    var plan = Samples.plan(ports, "shop", databases);
    return rollouts().create(draft(plan, options, items(databases)));
  }

  public Rollout create(int databases) {
    return create(databases, RolloutOptions.DEFAULT);
  }

  public static List<TaskItem> items(int databases) {
    return Samples.databases("pg", databases).stream()
        .map(name -> item(0, "change", name))
        .toList();
  }

  public static TaskItem item(int stage, String spec, DatabaseName target) {
    return new TaskItem(stage, spec, target, Samples.SHEET.sha256(), false);
  }

  public static RolloutDraft draft(Plan plan, RolloutOptions options, List<TaskItem> items) {
    var stages = items.stream().mapToInt(TaskItem::stage).max().orElse(0) + 1;
    return new RolloutDraft(
        source(plan.name(), plan.version(), 0),
        options,
        IntStream.range(0, stages).mapToObj(number -> "stage-" + number).toList(),
        items,
        "users/ann");
  }

  public static Rollout.Source source(PlanName plan, int version, int attempt) {
    return new Rollout.Source(plan, version, attempt, null, null);
  }

  /// As it is handed out.
  public static CheckedState checked(int number) {
    return new CheckedState("print-" + number, "policy-" + number);
  }

  /// Hands these out, in a stage that has begun; the number of those that could be.
  public int release(Rollout rollout, int... numbers) {
    var releases = new ArrayList<Release>();
    for (var number : numbers) {
      releases.add(new Release(number, checked(number), "users/ann"));
    }
    return rollouts().release(rollout.id(), releases);
  }

  /// A task that was handed out, begun.
  public Claim claim(Rollout rollout, int number) {
    return tasks().claim(turn(rollout, number)).orElseThrow();
  }

  public TaskTurn turn(Rollout rollout, int number) {
    var task = task(rollout, number);
    return new TaskTurn(task.key(), task.turn());
  }

  /// From the start of its stage to a claim.
  public Claim begin(Rollout rollout, int number) {
    var _ = rollouts().startStage(rollout.id(), task(rollout, number).item().stage(), "users/ann");
    release(rollout, number);
    return claim(rollout, number);
  }

  public void finish(Rollout rollout, int number, ChangeOutcome outcome) {
    var _ = tasks().finish(begin(rollout, number), outcome);
  }

  public Task task(Rollout rollout, int number) {
    return rollouts().task(new TaskKey(rollout.id(), number)).orElseThrow();
  }

  public List<Task> all(Rollout rollout) {
    return rollouts().tasks(rollout.id(), TaskQuery.first(1000));
  }

  public Rollout now(Rollout rollout) {
    return rollouts().get(rollout.id()).orElseThrow();
  }
}
