// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import java.util.List;

/// What a person has read, and why they take it over.
public record GateOverrideRequest(
    int planVersion, int attempt, List<GateReason.Kind> kinds, String why) {
  public GateOverrideRequest {
    kinds = List.copyOf(kinds);
  }
}
