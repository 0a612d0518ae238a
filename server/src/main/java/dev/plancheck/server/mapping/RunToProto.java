// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import com.google.protobuf.Timestamp;
import dev.plancheck.api.v1.AffectedRows.Method;
import dev.plancheck.api.v1.ChangedTable;
import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.GoverningPolicy;
import dev.plancheck.api.v1.PlanCheckRunEvent;
import dev.plancheck.api.v1.PlanCheckRunResult;
import dev.plancheck.api.v1.PlanCheckType;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.policy.AppliedPolicies.Governing;
import dev.plancheck.checks.policy.ReviewPolicy;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunEvent;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.Alteration;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.Position;
import dev.plancheck.engine.text.TextRange;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// From a run and its results to their messages.
public final class RunToProto {
  private RunToProto() {}

  public static dev.plancheck.api.v1.PlanCheckRun run(PlanCheckRun run) {
    var counts = run.counts();
    var message =
        dev.plancheck.api.v1.PlanCheckRun.newBuilder()
            .setName(Names.run(run.plan()))
            .setUid(run.id())
            .setStatus(status(run.status()))
            .setVerdict(verdict(run.verdict()))
            .setAttempt(run.attempt())
            .setPlanVersion(run.planVersion())
            .setMatchedCount(counts.matched())
            .setTargetCount(counts.targets())
            .setDoneCount(counts.done())
            .setSuccessCount(counts.success())
            .setWarningCount(counts.warning())
            .setErrorCount(counts.error())
            .setNotPerformedCount(counts.notPerformed())
            .setError(run.error())
            .setPolicyHash(run.policyHash())
            .setRulesVersion(run.rulesVersion())
            .setMembershipHash(run.membershipHash());
    var times = run.times();
    run.policies()
        .byEnvironment()
        .forEach((environment, governing) -> message.addPolicies(policy(environment, governing)));
    setTime(times.createdAt(), message::setCreateTime);
    setTime(times.queuedAt(), message::setQueueTime);
    setTime(times.startedAt(), message::setStartTime);
    setTime(times.updatedAt(), message::setUpdateTime);
    setTime(times.finishedAt(), message::setFinishTime);
    setTime(times.oldestResultAt(), message::setOldestResultTime);
    return message.build();
  }

  private static GoverningPolicy policy(String environment, Governing governing) {
    return GoverningPolicy.newBuilder()
        .setEnvironment(environment.isEmpty() ? "" : Environment.name(environment))
        .setPolicy(governing.policy().isEmpty() ? "" : ReviewPolicy.name(governing.policy()))
        .setHash(governing.hash())
        .build();
  }

  private static void setTime(@Nullable Instant time, Consumer<Timestamp> setter) {
    if (time != null) {
      setter.accept(ToProto.time(time));
    }
  }

  public static PlanCheckRunResult result(String project, FoundResult found) {
    var result = found.result();
    var finding = result.finding();
    var message =
        PlanCheckRunResult.newBuilder()
            .setTarget(result.target().toString())
            .setSpec(result.spec())
            .setSheet(Names.sheet(project, result.sheet()))
            .setType(type(result.type()))
            .setOutcome(outcome(result.outcome()))
            .setStatus(status(finding.status()))
            .setTitle(finding.title())
            .setContent(finding.content())
            .setRule(finding.rule())
            .setCheckTime(ToProto.time(found.checkedAt()))
            .setPrevious(found.previous());
    var range = finding.range();
    if (range != null) {
      message.setRange(range(range));
    }
    if (!result.computed().isEmpty()) {
      message.setComputedSheet(Names.sheet(project, result.computed()));
    }
    var summary = result.summary();
    if (summary != null) {
      message.setSummaryReport(summary(summary));
    }
    return message.build();
  }

  public static PlanCheckRunEvent event(RunEvent event) {
    var counts = event.counts();
    var basis = event.basis();
    return PlanCheckRunEvent.newBuilder()
        .setKind(kind(event.kind()))
        .setAttempt(event.attempt())
        .setVerdict(verdict(event.verdict()))
        .setActor(event.actor())
        .setError(event.note())
        .setEventTime(ToProto.time(event.at()))
        .setPlanVersion(basis.planVersion())
        .setPolicyHash(basis.policyHash())
        .setRulesVersion(basis.rulesVersion())
        .setMembershipHash(basis.membershipHash())
        .setMatchedCount(counts.matched())
        .setTargetCount(counts.targets())
        .setDoneCount(counts.done())
        .setSuccessCount(counts.success())
        .setWarningCount(counts.warning())
        .setErrorCount(counts.error())
        .setNotPerformedCount(counts.notPerformed())
        .build();
  }

  private static PlanCheckRunEvent.Kind kind(RunEvent.Kind kind) {
    return switch (kind) {
      case QUEUED -> PlanCheckRunEvent.Kind.QUEUED;
      case CANCELED -> PlanCheckRunEvent.Kind.CANCELED;
      case DONE -> PlanCheckRunEvent.Kind.DONE;
      case FAILED -> PlanCheckRunEvent.Kind.FAILED;
    };
  }

  private static dev.plancheck.api.v1.Range range(TextRange range) {
    return dev.plancheck.api.v1.Range.newBuilder()
        .setStart(position(range.start()))
        .setEnd(position(range.end()))
        .build();
  }

  static dev.plancheck.api.v1.Position position(Position position) {
    return dev.plancheck.api.v1.Position.newBuilder()
        .setLine(position.line())
        .setColumn(position.column())
        .build();
  }

  private static dev.plancheck.api.v1.SummaryReport summary(SummaryReport summary) {
    return dev.plancheck.api.v1.SummaryReport.newBuilder()
        .addAllStatementTypes(summary.statementTypes())
        .addAllChangedTables(summary.changedTables().stream().map(RunToProto::table).toList())
        .setAffectedRows(affected(summary.affected()))
        .setFingerprint(summary.fingerprint())
        .build();
  }

  private static ChangedTable table(SummaryReport.ChangedTable table) {
    var message =
        ChangedTable.newBuilder()
            .setTable(table.table())
            .setAffectedRows(affected(table.affected()))
            .setAlteration(alteration(table.alteration()));
    var rows = table.rows();
    if (rows != null) {
      message.setRowCount(rows);
    }
    var bytes = table.bytes();
    if (bytes != null) {
      message.setByteCount(bytes);
    }
    return message.build();
  }

  private static dev.plancheck.api.v1.AffectedRows affected(AffectedRows affected) {
    var message =
        dev.plancheck.api.v1.AffectedRows.newBuilder()
            .setMethod(method(affected.method()))
            .setNote(affected.note());
    var rows = affected.rows();
    if (rows != null) {
      message.setRows(rows);
    }
    return message.build();
  }

  private static ChangedTable.Alteration alteration(@Nullable Alteration alteration) {
    return switch (alteration) {
      case null -> ChangedTable.Alteration.ALTERATION_UNSPECIFIED;
      case INSTANT -> ChangedTable.Alteration.INSTANT;
      case IN_PLACE -> ChangedTable.Alteration.IN_PLACE;
      case REBUILD -> ChangedTable.Alteration.REBUILD;
      case ONLINE_COPY -> ChangedTable.Alteration.ONLINE_COPY;
      case REFUSED -> ChangedTable.Alteration.REFUSED;
      case LOCKED -> ChangedTable.Alteration.LOCKED;
      case UNKNOWN -> ChangedTable.Alteration.UNKNOWN;
      case COPY -> ChangedTable.Alteration.COPY;
    };
  }

  private static Method method(AffectedRows.Method method) {
    return switch (method) {
      case COUNTED -> Method.COUNTED;
      case ESTIMATED -> Method.ESTIMATED;
      case UPPER_BOUND -> Method.UPPER_BOUND;
      case AT_LEAST -> Method.AT_LEAST;
      case UNKNOWN -> Method.UNKNOWN;
    };
  }

  private static dev.plancheck.api.v1.PlanCheckRun.Status status(RunStatus status) {
    return switch (status) {
      case QUEUED -> dev.plancheck.api.v1.PlanCheckRun.Status.QUEUED;
      case RUNNING -> dev.plancheck.api.v1.PlanCheckRun.Status.RUNNING;
      case DONE -> dev.plancheck.api.v1.PlanCheckRun.Status.DONE;
      case FAILED -> dev.plancheck.api.v1.PlanCheckRun.Status.FAILED;
      case CANCELED -> dev.plancheck.api.v1.PlanCheckRun.Status.CANCELED;
    };
  }

  static dev.plancheck.api.v1.PlanCheckRun.Verdict verdict(@Nullable Verdict verdict) {
    return switch (verdict) {
      case PASS -> dev.plancheck.api.v1.PlanCheckRun.Verdict.PASS;
      case WARN -> dev.plancheck.api.v1.PlanCheckRun.Verdict.WARN;
      case FAIL -> dev.plancheck.api.v1.PlanCheckRun.Verdict.FAIL;
      case INCOMPLETE -> dev.plancheck.api.v1.PlanCheckRun.Verdict.INCOMPLETE;
      case null -> dev.plancheck.api.v1.PlanCheckRun.Verdict.VERDICT_UNSPECIFIED;
    };
  }

  private static PlanCheckType type(CheckType type) {
    return switch (type) {
      case STATEMENT_ADVISE -> PlanCheckType.PLAN_CHECK_TYPE_STATEMENT_ADVISE;
      case STATEMENT_SUMMARY_REPORT -> PlanCheckType.PLAN_CHECK_TYPE_STATEMENT_SUMMARY_REPORT;
      case GHOST_SYNC -> PlanCheckType.PLAN_CHECK_TYPE_GHOST_SYNC;
    };
  }

  private static PlanCheckRunResult.Outcome outcome(Outcome outcome) {
    return switch (outcome) {
      case PERFORMED -> PlanCheckRunResult.Outcome.PERFORMED;
      case NOT_PERFORMED -> PlanCheckRunResult.Outcome.NOT_PERFORMED;
    };
  }

  public static FindingStatus status(Status status) {
    return switch (status) {
      case SUCCESS -> FindingStatus.SUCCESS;
      case WARNING -> FindingStatus.WARNING;
      case ERROR -> FindingStatus.ERROR;
    };
  }
}
