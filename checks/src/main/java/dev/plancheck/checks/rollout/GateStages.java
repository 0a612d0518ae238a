// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.GateReason.Kind;
import dev.plancheck.checks.gate.GateTask;
import dev.plancheck.checks.gate.TaskAnswers;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.SpecTarget;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/// The one gate, as rollouts ask it. What only lacks a check, or a younger one, is checked; what a
/// check has found, or could not find, is for people.
public final class GateStages implements StageGate {
  private final Gate gate;
  private final RunService runs;

  public GateStages(Gate gate, RunService runs) {
    this.gate = gate;
    this.runs = runs;
  }

  @Override
  public Answer ask(Rollout rollout, List<Task> tasks) {
    var answers =
        gate.evaluateTasks(rollout.plan(), tasks.stream().map(GateStages::gateTask).toList());
    var words = new HashMap<TaskKey, Word>();
    for (var task : tasks) {
      var answer = answers.tasks().get(gateTask(task));
      if (answer != null) {
        words.put(task.key(), word(answer));
      }
    }
    return new Answer(answers.all().stream().map(GateReason::words).toList(), words);
  }

  private static GateTask gateTask(Task task) {
    return new GateTask(place(task), task.item().sheet());
  }

  private static SpecTarget place(Task task) {
    return new SpecTarget(task.item().spec(), task.item().target());
  }

  private static Word word(TaskAnswers.Answer answer) {
    if (answer.reasons().isEmpty()) {
      return new Word.Go(answer.state(), answer.checkedAt());
    }
    var why = answer.reasons().stream().map(GateReason::words).collect(Collectors.joining("; "));
    var lacksCheck =
        answer.reasons().stream()
            .map(GateReason::kind)
            .anyMatch(kind -> kind == Kind.UNCHECKED || kind == Kind.STALE);
    return lacksCheck ? new Word.ToCheck(why) : new Word.No(why, answer.checkedAt());
  }

  @Override
  public void check(Rollout rollout, List<Task> tasks) {
    var places = tasks.stream().map(GateStages::place).collect(Collectors.toSet());
    var _ = runs.startTasks(rollout.plan(), places, rollout.actor());
  }
}
