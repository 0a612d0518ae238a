// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.run.CheckedState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the gate says of single changes of a plan, each for itself. A change may go if nothing is
/// against `all` of them and nothing against this one.
///
/// `override` is the one that took reasons over, which are no longer listed.
public record TaskAnswers(
    GateAnswer.Seen seen,
    List<GateReason> all,
    Map<GateTask, Answer> tasks,
    @Nullable GateOverride override) {
  /// `state` is how the database was when it was checked, and `checkedAt` when the oldest of the
  /// task's checks began; both null for what has no complete check. For that, and for what is
  /// stale, a new check of just this database is the cure.
  public record Answer(
      List<GateReason> reasons, @Nullable CheckedState state, @Nullable Instant checkedAt) {
    public Answer {
      reasons = List.copyOf(reasons);
    }

    private Answer without(List<GateReason.Kind> taken) {
      return new Answer(TaskAnswers.without(reasons, taken), state, checkedAt);
    }
  }

  public TaskAnswers {
    all = List.copyOf(all);
    tasks = Map.copyOf(tasks);
  }

  /// Without the reasons whose kinds a person took over for this plan version and attempt.
  TaskAnswers without(List<GateOverride> overrides) {
    var last =
        overrides.stream()
            .filter(override ->
                override.purpose() == Purpose.ROLLOUT
                    && override.planVersion() == seen.planVersion()
                    && override.attempt() == seen.attempt())
            .reduce((_, later) -> later)
            .orElse(null);
    if (last == null) {
      return this;
    }
    var taken = last.taken().stream().map(GateOverride.Taken::kind).toList();
    var left = new HashMap<GateTask, Answer>();
    tasks.forEach((task, answer) -> left.put(task, answer.without(taken)));
    return new TaskAnswers(seen, without(all, taken), left, last);
  }

  private static List<GateReason> without(List<GateReason> reasons, List<GateReason.Kind> taken) {
    return reasons.stream().filter(reason -> !taken.contains(reason.kind())).toList();
  }

  /// Whether a check of just this task's database may take away something that is against it.
  public boolean needsCheck(GateTask task) {
    var answer = tasks.get(task);
    return answer != null
        && Stream.concat(all.stream(), answer.reasons().stream())
            .anyMatch(reason -> reason.kind().isCuredByCheck());
  }

  public boolean isOpen(GateTask task) {
    var answer = tasks.get(task);
    return answer != null && all.isEmpty() && answer.reasons().isEmpty();
  }
}
