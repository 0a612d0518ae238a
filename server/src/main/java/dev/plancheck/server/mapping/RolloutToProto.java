// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import dev.plancheck.api.v1.AutomaticRollout;
import dev.plancheck.api.v1.RolloutBackup;
import dev.plancheck.api.v1.RolloutStage;
import dev.plancheck.api.v1.RolloutStatement;
import dev.plancheck.api.v1.RolloutTask;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.rollout.Backup.BackedUpTable;
import dev.plancheck.checks.rollout.ChangeJournal.Entry;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.DatabaseChange;
import dev.plancheck.checks.rollout.FailurePolicy;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.Rollouts.Waiting;
import dev.plancheck.checks.rollout.Stage;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.rollout.TaskWork;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// From rollouts and what they did to messages.
public final class RolloutToProto {
  private static final int NEWCOMERS = 100;

  private RolloutToProto() {}

  public static dev.plancheck.api.v1.Rollout rollout(Rollout rollout, List<String> newcomers) {
    var source = rollout.source();
    var options = rollout.options();
    var message =
        dev.plancheck.api.v1.Rollout.newBuilder()
            .setName(Names.rollout(rollout.plan()))
            .setUid(rollout.id())
            .setState(state(rollout.status()))
            .setPlanVersion(source.planVersion())
            .setAttempt(source.attempt())
            .setOverridden(source.override() != null)
            .setFailurePolicy(failures(options.failures()))
            .setParallelCount(options.parallel())
            .setAutomatic(options.automatic())
            .addAllStages(
                rollout.stages().stream().map(stage -> stage(stage, options.failures())).toList())
            .setWaitingReason(rollout.waiting())
            .setCreator(rollout.actor())
            .setNewcomerCount(newcomers.size())
            .addAllNewcomers(newcomers.stream().limit(NEWCOMERS).toList());
    var approval = source.approval();
    if (approval != null) {
      message.setApproval(approval);
    }
    setTime(rollout.times().createdAt(), message::setCreateTime);
    setTime(rollout.times().endedAt(), message::setEndTime);
    return message.build();
  }

  private static void setTime(@Nullable Instant time, Consumer<Timestamp> setter) {
    if (time != null) {
      setter.accept(ToProto.time(time));
    }
  }

  private static dev.plancheck.api.v1.Rollout.State state(Rollout.Status status) {
    return switch (status) {
      case ACTIVE -> dev.plancheck.api.v1.Rollout.State.ACTIVE;
      case CANCELING -> dev.plancheck.api.v1.Rollout.State.CANCELING;
      case CANCELED -> dev.plancheck.api.v1.Rollout.State.CANCELED;
      case DONE -> dev.plancheck.api.v1.Rollout.State.DONE;
    };
  }

  private static dev.plancheck.api.v1.Rollout.FailurePolicy failures(FailurePolicy failures) {
    return switch (failures) {
      case STOP_STAGE -> dev.plancheck.api.v1.Rollout.FailurePolicy.STOP_STAGE;
      case CONTINUE -> dev.plancheck.api.v1.Rollout.FailurePolicy.CONTINUE;
    };
  }

  private static RolloutStage stage(Stage stage, FailurePolicy failures) {
    var counts = stage.counts();
    var message =
        RolloutStage.newBuilder()
            .setEnvironment(stage.environment())
            .setState(state(stage.status(failures)))
            .setTaskCount(counts.total())
            .setPendingCount(counts.of(TaskState.PENDING))
            .setQueuedCount(counts.of(TaskState.QUEUED))
            .setRunningCount(counts.of(TaskState.RUNNING))
            .setDoneCount(counts.of(TaskState.DONE))
            .setFailedCount(counts.of(TaskState.FAILED))
            .setCanceledCount(counts.of(TaskState.CANCELED))
            .setSkippedCount(counts.of(TaskState.SKIPPED))
            .setUnknownCount(counts.of(TaskState.UNKNOWN))
            .setDriftedCount(counts.of(TaskState.DRIFTED));
    var start = stage.start();
    if (start != null) {
      message.setStarter(start.actor()).setStartTime(ToProto.time(start.at()));
    }
    return message.build();
  }

  private static RolloutStage.State state(Stage.Status status) {
    return switch (status) {
      case PENDING -> RolloutStage.State.PENDING;
      case RUNNING -> RolloutStage.State.RUNNING;
      case FAILED -> RolloutStage.State.FAILED;
      case CANCELED -> RolloutStage.State.CANCELED;
      case DONE -> RolloutStage.State.DONE;
    };
  }

  public static RolloutTask task(Rollout rollout, Task task) {
    return builder(rollout, task).build();
  }

  public static RolloutTask task(Rollout rollout, Task task, TaskWork work) {
    var backup = work.backup();
    return builder(rollout, task)
        .addAllStatements(work.entries().stream().map(RolloutToProto::statement).toList())
        .addAllBackups(
            backup == null
                ? List.of()
                : backup.tables().stream().map(RolloutToProto::backup).toList())
        .build();
  }

  private static RolloutTask.Builder builder(Rollout rollout, Task task) {
    var item = task.item();
    var report = task.report();
    var message =
        RolloutTask.newBuilder()
            .setName(Names.task(rollout.plan(), task.key().number()))
            .setNumber(task.key().number())
            .setTaskId(task.name())
            .setSpec(item.spec())
            .setTarget(item.target().toString())
            .setEnvironment(rollout.stages().get(item.stage()).environment())
            .setSheet(Names.sheet(rollout.plan().project(), item.sheet()))
            .setPriorBackup(item.priorBackup())
            .setState(state(task.state()))
            .setTransactional(task.mode() == Mode.TRANSACTION)
            .setActor(task.actor())
            .setMessage(report.words())
            .setAppliedBeforeCount(report.appliedBefore());
    var statement = report.statement();
    if (statement != null) {
      message.setStatement(statement);
    }
    var position = report.position();
    if (position != null) {
      message.setPosition(RunToProto.position(position));
    }
    setTime(task.times().queuedAt(), message::setQueueTime);
    setTime(task.times().startedAt(), message::setStartTime);
    setTime(task.times().endedAt(), message::setEndTime);
    return message;
  }

  private static RolloutTask.State state(TaskState state) {
    return switch (state) {
      case PENDING -> RolloutTask.State.PENDING;
      case QUEUED -> RolloutTask.State.QUEUED;
      case RUNNING -> RolloutTask.State.RUNNING;
      case DONE -> RolloutTask.State.DONE;
      case FAILED -> RolloutTask.State.FAILED;
      case CANCELED -> RolloutTask.State.CANCELED;
      case SKIPPED -> RolloutTask.State.SKIPPED;
      case UNKNOWN -> RolloutTask.State.UNKNOWN;
      case DRIFTED -> RolloutTask.State.DRIFTED;
    };
  }

  private static RolloutStatement statement(Entry entry) {
    var message = RolloutStatement.newBuilder().setNumber(entry.statement());
    var finished = entry.finished();
    if (finished != null) {
      message
          .setFinished(true)
          .setCommand(finished.command())
          .setDuration(Durations.fromNanos(finished.took().toNanos()));
      var rows = finished.rows();
      if (rows != null) {
        message.setRows(rows);
      }
    }
    return message.build();
  }

  private static RolloutBackup backup(BackedUpTable table) {
    return RolloutBackup.newBuilder()
        .setStatement(table.statement())
        .setTable(table.table())
        .setBackupTable(table.backupTable())
        .setRowCount(table.rows())
        .setRestoreSql(table.restoreSql())
        .build();
  }

  public static AutomaticRollout automatic(PlanName plan, boolean enabled, Waiting waiting) {
    var message =
        AutomaticRollout.newBuilder()
            .setName(Names.automaticRollout(plan))
            .setEnabled(enabled)
            .setWaitingReason(enabled ? waiting.words() : "");
    if (enabled && !waiting.words().isEmpty()) {
      setTime(waiting.since(), message::setSinceTime);
    }
    return message.build();
  }

  public static dev.plancheck.api.v1.DatabaseChange change(DatabaseChange change) {
    return dev.plancheck.api.v1.DatabaseChange.newBuilder()
        .setUid(change.id())
        .setDatabase(change.database().toString())
        .setPlan(change.plan().toString())
        .setPlanVersion(change.planVersion())
        .setSpec(change.spec())
        .setSheet(Names.sheet(change.plan().project(), change.sheet()))
        .setTaskId(change.task())
        .setOutcome(state(change.outcome()))
        .setMessage(change.words())
        .setActor(change.actor())
        .setChangeTime(ToProto.time(change.at()))
        .build();
  }
}
