// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.LegacyPlanCheckRun;
import dev.plancheck.api.v1.LegacyPlanCheckRun.Result.SqlReviewReport;
import dev.plancheck.api.v1.LegacyPlanCheckRun.Result.SqlSummaryReport;
import dev.plancheck.checks.legacy.LegacyResult;
import dev.plancheck.checks.legacy.LegacyRun;
import dev.plancheck.checks.legacy.LegacyStatus;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckType;

/// From virtual runs to their messages. Names: `projects/{p}/plans/{n}/planCheckRuns/{uid}`.
public final class LegacyToProto {
  private static final String COLLECTION = "/planCheckRuns/";

  private LegacyToProto() {}

  /// The plan that a virtual run's name begins with.
  public static PlanName plan(String name) {
    return PlanName.parse(name.substring(0, name.lastIndexOf(COLLECTION)));
  }

  public static long uid(String name) {
    return Long.parseLong(name.substring(name.lastIndexOf('/') + 1));
  }

  public static LegacyPlanCheckRun run(LegacyRun run) {
    var check = run.check();
    return LegacyPlanCheckRun.newBuilder()
        .setName(run.plan() + COLLECTION + run.uid())
        .setType(type(check.type()))
        .setStatus(status(run.status()))
        .setTarget(check.target().toString())
        .setSheet(Names.sheet(run.plan().project(), check.sheet()))
        .addAllResults(run.results().stream().map(LegacyToProto::result).toList())
        .setError(run.error())
        .setCreateTime(ToProto.time(run.createdAt()))
        .build();
  }

  private static LegacyPlanCheckRun.Result result(LegacyResult result) {
    var message =
        LegacyPlanCheckRun.Result.newBuilder()
            .setStatus(RunToProto.status(result.status()))
            .setTitle(result.title())
            .setContent(result.content())
            .setCode(result.code());
    var summary = result.summary();
    var range = result.range();
    if (summary != null) {
      message.setSqlSummaryReport(
          SqlSummaryReport.newBuilder()
              .addAllStatementTypes(summary.statementTypes())
              .setAffectedRows(summary.affectedRows()));
    } else if (range != null) {
      message.setSqlReviewReport(
          SqlReviewReport.newBuilder()
              .setStartPosition(RunToProto.position(range.start()))
              .setEndPosition(RunToProto.position(range.end())));
    }
    return message.build();
  }

  private static LegacyPlanCheckRun.Type type(CheckType type) {
    return switch (type) {
      case STATEMENT_ADVISE -> LegacyPlanCheckRun.Type.DATABASE_STATEMENT_ADVISE;
      case STATEMENT_SUMMARY_REPORT -> LegacyPlanCheckRun.Type.DATABASE_STATEMENT_SUMMARY_REPORT;
      case GHOST_SYNC -> LegacyPlanCheckRun.Type.DATABASE_GHOST_SYNC;
    };
  }

  private static LegacyPlanCheckRun.Status status(LegacyStatus status) {
    return switch (status) {
      case RUNNING -> LegacyPlanCheckRun.Status.RUNNING;
      case DONE -> LegacyPlanCheckRun.Status.DONE;
      case FAILED -> LegacyPlanCheckRun.Status.FAILED;
      case CANCELED -> LegacyPlanCheckRun.Status.CANCELED;
    };
  }
}
