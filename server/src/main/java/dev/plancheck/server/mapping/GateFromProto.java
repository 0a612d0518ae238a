// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.GatePurpose;
import dev.plancheck.api.v1.OverrideGateRequest;
import dev.plancheck.checks.gate.GateOverrideRequest;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.Purpose;

/// From what is asked of the gate to records.
public final class GateFromProto {
  private GateFromProto() {}

  public static Purpose purpose(GatePurpose purpose) {
    return switch (purpose) {
      case APPROVAL -> Purpose.APPROVAL;
      case ROLLOUT, GATE_PURPOSE_UNSPECIFIED -> Purpose.ROLLOUT;
      case UNRECOGNIZED -> throw Unrecognized.of("purpose");
    };
  }

  public static GateOverrideRequest override(OverrideGateRequest request) {
    return new GateOverrideRequest(
        request.getPlanVersion(),
        request.getAttempt(),
        request.getKindsList().stream().map(GateFromProto::kind).toList(),
        Text.check("reason", request.getReason()));
  }

  private static GateReason.Kind kind(dev.plancheck.api.v1.GateReason.Kind kind) {
    return switch (kind) {
      case MATCHES_NOTHING -> GateReason.Kind.MATCHES_NOTHING;
      case NOT_PLANNABLE -> GateReason.Kind.NOT_PLANNABLE;
      case NEVER_CHECKED -> GateReason.Kind.NEVER_CHECKED;
      case UNCHECKED -> GateReason.Kind.UNCHECKED;
      case OTHER_DIFFERENCE -> GateReason.Kind.OTHER_DIFFERENCE;
      case QUEUED -> GateReason.Kind.QUEUED;
      case RUNNING -> GateReason.Kind.RUNNING;
      case FAILED -> GateReason.Kind.FAILED;
      case CANCELED -> GateReason.Kind.CANCELED;
      case INCOMPLETE -> GateReason.Kind.INCOMPLETE;
      case STALE -> GateReason.Kind.STALE;
      case ERRORS -> GateReason.Kind.ERRORS;
      case NOT_APPROVED -> GateReason.Kind.NOT_APPROVED;
      case KIND_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("kinds");
    };
  }
}
