// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.ListPlanCheckRunResultsRequest;
import dev.plancheck.api.v1.PlanCheckRunResult;
import dev.plancheck.api.v1.PlanCheckType;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.engine.review.Status;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// From filters of runs and results to records.
public final class RunFromProto {
  private RunFromProto() {}

  public static ResultFilter filter(ListPlanCheckRunResultsRequest request) {
    return new ResultFilter(
        statuses(request.getStatusesList()),
        all(request.getOutcomesList(), RunFromProto::outcome),
        all(request.getTypesList(), RunFromProto::type),
        all(request.getTargetsList(), Names::database),
        Set.copyOf(request.getSpecsList()),
        Set.copyOf(request.getRulesList()));
  }

  public static Set<Status> statuses(Collection<FindingStatus> statuses) {
    return all(statuses, RunFromProto::status);
  }

  public static Set<RunStatus> runStatuses(
      Collection<dev.plancheck.api.v1.PlanCheckRun.Status> statuses) {
    return all(statuses, RunFromProto::runStatus);
  }

  private static <T, R> Set<R> all(Collection<T> messages, Function<T, R> mapping) {
    return messages.stream().map(mapping).collect(Collectors.toUnmodifiableSet());
  }

  private static Status status(FindingStatus status) {
    return switch (status) {
      case SUCCESS -> Status.SUCCESS;
      case WARNING -> Status.WARNING;
      case ERROR -> Status.ERROR;
      case FINDING_STATUS_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("statuses");
    };
  }

  private static RunStatus runStatus(dev.plancheck.api.v1.PlanCheckRun.Status status) {
    return switch (status) {
      case QUEUED -> RunStatus.QUEUED;
      case RUNNING -> RunStatus.RUNNING;
      case DONE -> RunStatus.DONE;
      case FAILED -> RunStatus.FAILED;
      case CANCELED -> RunStatus.CANCELED;
      case STATUS_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("statuses");
    };
  }

  private static Outcome outcome(PlanCheckRunResult.Outcome outcome) {
    return switch (outcome) {
      case PERFORMED -> Outcome.PERFORMED;
      case NOT_PERFORMED -> Outcome.NOT_PERFORMED;
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("outcomes");
    };
  }

  private static CheckType type(PlanCheckType type) {
    return switch (type) {
      case PLAN_CHECK_TYPE_STATEMENT_ADVISE -> CheckType.STATEMENT_ADVISE;
      case PLAN_CHECK_TYPE_STATEMENT_SUMMARY_REPORT -> CheckType.STATEMENT_SUMMARY_REPORT;
      case PLAN_CHECK_TYPE_GHOST_SYNC -> CheckType.GHOST_SYNC;
      case PLAN_CHECK_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("types");
    };
  }
}
