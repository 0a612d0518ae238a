// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.approval.Risk;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.run.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the demo's plan went on after its first checks: edited, checked again, approved, carried
/// out.
///
/// `blocked` is what the gate had against the first sheet; `risk` what the approval was about, and
/// `changed` the databases that have the change when all is over, asked one by one.
record RolledOut(
    List<String> blocked,
    @Nullable Verdict verdict,
    @Nullable Risk risk,
    String approvedBy,
    List<Stage> stages,
    List<String> changed,
    int untouchedCount,
    long ms) {
  RolledOut {
    blocked = List.copyOf(blocked);
    stages = List.copyOf(stages);
    changed = List.copyOf(changed);
  }

  record Stage(String environment, List<Task> tasks) {
    Stage {
      tasks = List.copyOf(tasks);
    }
  }

  /// `rows` is what its statements changed together; `words` say why it is not DONE.
  record Task(String target, TaskState state, int statementCount, long rows, String words) {}
}
