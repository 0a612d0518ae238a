// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.util.List;

/// A rollout to be created: what the gate has seen, and the manifest in its order. Items name their
/// stage by its place in `environments`.
public record RolloutDraft(
    Rollout.Source source,
    RolloutOptions options,
    List<String> environments,
    List<TaskItem> items,
    String actor) {
  public RolloutDraft {
    environments = List.copyOf(environments);
    items = List.copyOf(items);
    if (items.isEmpty()) {
      throw new IllegalArgumentException("tasks: none (expected: at least one)");
    }
  }
}
