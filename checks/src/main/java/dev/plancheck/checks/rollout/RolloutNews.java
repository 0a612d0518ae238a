// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.notice.Notice;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.Notices;
import dev.plancheck.checks.plan.PlanName;
import java.util.SortedMap;
import java.util.TreeMap;

/// Tells a project's webhooks what its rollouts come to.
public final class RolloutNews {
  private final Notices notices;

  public RolloutNews(Notices notices) {
    this.notices = notices;
  }

  void done(Rollout rollout) {
    var tasks = rollout.stages().stream().mapToInt(stage -> stage.counts().total()).sum();
    var skipped =
        rollout.stages().stream().mapToInt(stage -> stage.counts().of(TaskState.SKIPPED)).sum();
    var details = details(rollout);
    details.put("tasks", Integer.toString(tasks));
    details.put("skipped", Integer.toString(skipped));
    var text =
        "The rollout of %s is done: %d of %d databases, %d skipped"
            .formatted(rollout.plan(), tasks - skipped, tasks, skipped);
    notices.tell(new Notice(NoticeEvent.ROLLOUT_DONE, rollout.plan(), text, details));
  }

  /// `words` say which stage stopped, and what a person can do.
  void failed(Rollout rollout, Stage stage, String words) {
    var details = details(rollout);
    details.put("stage", stage.environment());
    details.put("failed", Integer.toString(stage.counts().failing()));
    var text = "The rollout of %s failed: %s".formatted(rollout.plan(), words);
    notices.tell(new Notice(NoticeEvent.ROLLOUT_FAILED, rollout.plan(), text, details));
  }

  /// `words` are the reasons of the gate.
  void blocked(PlanName plan, String words) {
    var text = "%s was to go on, and the gate is shut: %s".formatted(plan, words);
    notices.tell(new Notice(NoticeEvent.GATE_BLOCKED, plan, text, new TreeMap<>()));
  }

  private static SortedMap<String, String> details(Rollout rollout) {
    SortedMap<String, String> details = new TreeMap<>();
    details.put("planVersion", Integer.toString(rollout.source().planVersion()));
    return details;
  }
}
