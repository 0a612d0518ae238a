// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

/// The ports to rollouts, over one and the same storage.
public record RolloutPorts(Rollouts rollouts, RolloutTasks tasks, RolloutQueue queue) {}
