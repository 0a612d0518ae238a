// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.time.Instant;
import java.util.List;

/// A change as its author wrote it. `version` counts edits from 1 and fences updates and checks.
public record Plan(
    PlanName name,
    String title,
    List<Spec> specs,
    int version,
    Authors authors,
    Instant createdAt,
    Instant updatedAt) {
  public Plan {
    specs = List.copyOf(specs);
  }

  /// What an update asks for: who wrote the plan is known to the storage.
  public Plan(
      PlanName name,
      String title,
      List<Spec> specs,
      int version,
      Instant createdAt,
      Instant updatedAt) {
    this(name, title, specs, version, Authors.UNKNOWN, createdAt, updatedAt);
  }
}
