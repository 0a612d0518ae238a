// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.gate.CheckedTasks.Tally;
import dev.plancheck.checks.gate.TaskAnswers.Answer;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.SpecTarget;
import dev.plancheck.checks.run.Staleness;
import dev.plancheck.checks.run.Standing;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The gate's view of single tasks: each needs its own complete, current checks without an error
/// that the project does not allow.
final class TaskGate {
  private final CheckedTasks results;
  private final InstantSource clock;

  TaskGate(CheckedTasks results, InstantSource clock) {
    this.results = results;
    this.clock = clock;
  }

  /// `before` is what is against all tasks whatever the checks say.
  TaskAnswers evaluate(
      PlanName plan, Standing standing, List<GateReason> before, Collection<GateTask> open) {
    var all = new ArrayList<>(before);
    var run = standing.run();
    if (run == null) {
      all.add(new GateReason.NeverChecked());
    } else {
      GateReason.ofStatus(run).ifPresent(all::add);
    }
    var seen = new GateAnswer.Seen(standing.planVersion(), run);
    var found = run == null ? Optional.<Map<SpecTarget, Tally>>empty() : results.of(plan, run);
    if (run != null && run.status().isFinal() && found.isEmpty()) {
      var counts = run.counts();
      all.add(new GateReason.NotFinished(RunStatus.RUNNING, counts.done(), counts.targets()));
    }
    var tallies = found.orElse(Map.of());
    var answers = new HashMap<GateTask, Answer>();
    for (var task : open) {
      answers.put(task, answer(standing, run, task, tallies.get(task.place())));
    }
    return new TaskAnswers(seen, all, answers, null);
  }

  private Answer answer(
      Standing standing, @Nullable PlanCheckRun run, GateTask task, @Nullable Tally tally) {
    if (run != null && tally != null && tally.isComputed() && !tally.sheet().equals(task.sheet())) {
      return new Answer(List.of(new GateReason.OtherDifference()), null, tally.oldest());
    }
    if (run == null || tally == null || isOther(tally, task)) {
      return new Answer(List.of(new GateReason.Unchecked()), null, null);
    }
    var reasons = new ArrayList<GateReason>();
    var state = tally.state();
    if (tally.notPerformed() > 0) {
      reasons.add(new GateReason.Incomplete(tally.notPerformed()));
    } else if (state == null) {
      reasons.add(new GateReason.Unchecked());
    }
    if (tally.errors() > 0 && !standing.settings().allowErrors()) {
      reasons.add(new GateReason.Errors(tally.errors()));
    }
    standing.staleness().stream()
        .filter(TaskGate::concernsTasks)
        .forEach(why -> reasons.add(new GateReason.Stale(why)));
    var maximum = standing.settings().maximumAge();
    if (!tally.oldest().plus(maximum).isAfter(clock.instant())) {
      reasons.add(new GateReason.Stale(new Staleness.TooOld(tally.oldest(), maximum)));
    }
    return new Answer(reasons, state, tally.oldest());
  }

  /// What could not be computed has the plan's own sheet, and says itself that it is not known.
  private static boolean isOther(Tally tally, GateTask task) {
    return !tally.sheet().equals(task.sheet()) && tally.notPerformed() == 0;
  }

  /// The age counts per task, and newcomers are not its business.
  private static boolean concernsTasks(Staleness why) {
    return switch (why) {
      case Staleness.PlanEdited _,
          Staleness.PolicyChanged _,
          Staleness.RulesChanged _,
          Staleness.CheckedBeforeMigration _ ->
          true;
      case Staleness.MembershipChanged _, Staleness.TooOld _ -> false;
    };
  }
}
