// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckedState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The port to where rollouts are kept. Every write is conditional on what it expects and tells by
/// its answer whether it took place. Who works on tasks uses [RolloutTasks].
public interface Rollouts {
  /// Stores rollout and manifest, in one transaction that locks the plan and its run. Throws
  /// [dev.plancheck.checks.ApiException]: NOT_FOUND; ABORTED unless both are as the gate has seen
  /// them; FAILED_PRECONDITION while a rollout of the plan is live, or when this version of it was
  /// rolled out before.
  Rollout create(RolloutDraft draft);

  Optional<Rollout> get(long id);

  /// The plan's rollout that was created last.
  Optional<Rollout> latest(PlanName plan);

  /// Live rollouts by id, behind `afterId`.
  List<Rollout> live(int limit, long afterId);

  List<Task> tasks(long rollout, TaskQuery query);

  Optional<Task> task(TaskKey key);

  TaskWork work(TaskKey key);

  /// PENDING tasks of a stage that may be handed out now: no earlier task on the same database is
  /// open, and what they wait for is over. By number.
  List<Task> ready(long rollout, int stage, int limit);

  /// Lets a stage begin whose predecessors are complete. False if it began before, or cannot.
  boolean startStage(long rollout, int stage, String actor);

  /// Hands PENDING tasks out, with their entries in the queue, in one transaction. Those that
  /// cannot be any more are left as they are, and so are all beyond what the rollout may run at
  /// once. The number of those handed out.
  int release(long rollout, List<Release> tasks);

  /// A task to hand out. `checked` is the database as it was checked; null where there is nothing
  /// to compare. `actor` is whose word let it begin.
  record Release(int task, @Nullable CheckedState checked, String actor) {}

  /// PENDING becomes FAILED, because the gate is shut for it; a retry asks for a new check.
  boolean block(TaskKey key, String why);

  /// FAILED, DRIFTED or CANCELED becomes PENDING. A canceled rollout is live again by it. Throws
  /// [dev.plancheck.checks.ApiException] FAILED_PRECONDITION for a canceled rollout of a plan that
  /// was edited or has a later one.
  boolean retry(TaskKey key, String actor);

  /// A person leaves a task out, for a written reason.
  boolean skip(TaskKey key, String why, String actor);

  /// A person says of an UNKNOWN task whether its statement was applied.
  boolean resolve(TaskKey key, boolean applied, String actor);

  /// What has not begun becomes CANCELED at once, what runs is to stop. False unless it is ACTIVE.
  boolean cancel(long rollout, String actor);

  /// ACTIVE becomes DONE when every task is settled, CANCELING becomes CANCELED when nothing runs
  /// any more. False if there is nothing to end.
  boolean end(long rollout);

  /// What the rollout waits for; only written if it changed.
  void say(long rollout, String waiting);

  /// The log of a database's changes, the newest first: at most `limit` with smaller ids than
  /// `before`; Long.MAX_VALUE begins.
  List<DatabaseChange> changes(DatabaseName database, int limit, long before);

  /// What an automatic rollout of the plan waits for. The empty text: nothing is known.
  Waiting waiting(PlanName plan);

  /// Only written if it changed.
  void say(PlanName plan, String waiting);

  /// `since` is when it was first said; null if nothing is known.
  record Waiting(String words, @Nullable Instant since) {}
}
