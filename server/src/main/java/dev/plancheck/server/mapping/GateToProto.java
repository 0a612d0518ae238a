// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.GateEvaluation.State;
import dev.plancheck.api.v1.GatePurpose;
import dev.plancheck.checks.gate.GateAnswer;
import dev.plancheck.checks.gate.GateOverride;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.Purpose;

/// From what the gate says to messages, and back from what people read of it.
public final class GateToProto {
  private GateToProto() {}

  public static GateEvaluation evaluation(Purpose purpose, GateAnswer answer) {
    var seen = answer.seen();
    var message =
        GateEvaluation.newBuilder()
            .setState(state(answer))
            .setPurpose(purpose(purpose))
            .addAllReasons(
                answer.reasons().stream()
                    .map(reason -> reason(reason.kind(), reason.words()))
                    .toList())
            .setPlanVersion(seen.planVersion())
            .setAttempt(seen.attempt());
    var run = seen.run();
    if (run != null) {
      message
          .setVerdict(RunToProto.verdict(run.verdict()))
          .setTargetCount(run.counts().targets())
          .setMatchedCount(run.counts().matched());
    }
    if (answer instanceof GateAnswer.Overridden(_, _, var override, _)) {
      message.setOverride(override(override));
    }
    return message.build();
  }

  private static State state(GateAnswer answer) {
    return switch (answer) {
      case GateAnswer.Open _ -> State.OPEN;
      case GateAnswer.Overridden _ -> State.OVERRIDDEN;
      case GateAnswer.Blocked _ -> State.BLOCKED;
    };
  }

  public static dev.plancheck.api.v1.GateOverride override(GateOverride override) {
    return dev.plancheck.api.v1.GateOverride.newBuilder()
        .setActor(override.actor())
        .setPurpose(purpose(override.purpose()))
        .setPlanVersion(override.planVersion())
        .setAttempt(override.attempt())
        .addAllReasons(
            override.taken().stream().map(taken -> reason(taken.kind(), taken.words())).toList())
        .setReason(override.why())
        .setCreateTime(ToProto.time(override.at()))
        .build();
  }

  private static dev.plancheck.api.v1.GateReason reason(GateReason.Kind kind, String words) {
    return dev.plancheck.api.v1.GateReason.newBuilder()
        .setKind(kind(kind))
        .setMessage(words)
        .setOverridable(kind.isOverridable())
        .build();
  }

  private static dev.plancheck.api.v1.GateReason.Kind kind(GateReason.Kind kind) {
    return switch (kind) {
      case MATCHES_NOTHING -> dev.plancheck.api.v1.GateReason.Kind.MATCHES_NOTHING;
      case NOT_PLANNABLE -> dev.plancheck.api.v1.GateReason.Kind.NOT_PLANNABLE;
      case NEVER_CHECKED -> dev.plancheck.api.v1.GateReason.Kind.NEVER_CHECKED;
      case UNCHECKED -> dev.plancheck.api.v1.GateReason.Kind.UNCHECKED;
      case OTHER_DIFFERENCE -> dev.plancheck.api.v1.GateReason.Kind.OTHER_DIFFERENCE;
      case QUEUED -> dev.plancheck.api.v1.GateReason.Kind.QUEUED;
      case RUNNING -> dev.plancheck.api.v1.GateReason.Kind.RUNNING;
      case FAILED -> dev.plancheck.api.v1.GateReason.Kind.FAILED;
      case CANCELED -> dev.plancheck.api.v1.GateReason.Kind.CANCELED;
      case INCOMPLETE -> dev.plancheck.api.v1.GateReason.Kind.INCOMPLETE;
      case STALE -> dev.plancheck.api.v1.GateReason.Kind.STALE;
      case ERRORS -> dev.plancheck.api.v1.GateReason.Kind.ERRORS;
      case NOT_APPROVED -> dev.plancheck.api.v1.GateReason.Kind.NOT_APPROVED;
    };
  }

  private static GatePurpose purpose(Purpose purpose) {
    return switch (purpose) {
      case APPROVAL -> GatePurpose.APPROVAL;
      case ROLLOUT -> GatePurpose.ROLLOUT;
    };
  }
}
