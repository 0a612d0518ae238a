// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.CreateRolloutRequest;
import dev.plancheck.api.v1.ListRolloutTasksRequest;
import dev.plancheck.api.v1.ResolveRolloutTaskRequest.Resolution;
import dev.plancheck.api.v1.RolloutTask;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.rollout.FailurePolicy;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.RolloutOptions;
import dev.plancheck.checks.rollout.Stage;
import dev.plancheck.checks.rollout.TaskQuery;
import dev.plancheck.checks.rollout.TaskState;
import java.util.stream.Collectors;

/// From messages about rollouts to records.
public final class RolloutFromProto {
  private RolloutFromProto() {}

  public static RolloutOptions options(CreateRolloutRequest request) {
    var usual = RolloutOptions.DEFAULT;
    return new RolloutOptions(
        failures(request.getFailurePolicy()),
        request.getParallelCount() == 0 ? usual.parallel() : request.getParallelCount(),
        request.getAutomatic());
  }

  private static FailurePolicy failures(dev.plancheck.api.v1.Rollout.FailurePolicy failures) {
    return switch (failures) {
      case FAILURE_POLICY_UNSPECIFIED -> RolloutOptions.DEFAULT.failures();
      case STOP_STAGE -> FailurePolicy.STOP_STAGE;
      case CONTINUE -> FailurePolicy.CONTINUE;
      case UNRECOGNIZED -> throw Unrecognized.of("failure_policy");
    };
  }

  /// Whether it was applied.
  public static boolean applied(Resolution resolution) {
    return switch (resolution) {
      case APPLIED -> true;
      case NOT_APPLIED -> false;
      case RESOLUTION_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("resolution");
    };
  }

  /// Throws [ApiException] INVALID_ARGUMENT for an environment that the rollout does not reach.
  public static TaskQuery query(
      ListRolloutTasksRequest request, Rollout rollout, int limit, int after) {
    var environments = rollout.stages().stream().map(Stage::environment).toList();
    for (var environment : request.getEnvironmentsList()) {
      if (!environments.contains(environment)) {
        throw ApiException.invalid(
            "environments",
            "environments: %s (expected: of %s)".formatted(environment, environments));
      }
    }
    return new TaskQuery(
        request.getStatesList().stream()
            .map(RolloutFromProto::state)
            .collect(Collectors.toUnmodifiableSet()),
        request.getEnvironmentsList().stream()
            .map(environments::indexOf)
            .collect(Collectors.toUnmodifiableSet()),
        limit,
        after);
  }

  private static TaskState state(RolloutTask.State state) {
    return switch (state) {
      case PENDING -> TaskState.PENDING;
      case QUEUED -> TaskState.QUEUED;
      case RUNNING -> TaskState.RUNNING;
      case DONE -> TaskState.DONE;
      case FAILED -> TaskState.FAILED;
      case CANCELED -> TaskState.CANCELED;
      case SKIPPED -> TaskState.SKIPPED;
      case UNKNOWN -> TaskState.UNKNOWN;
      case DRIFTED -> TaskState.DRIFTED;
      case STATE_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("states");
    };
  }
}
