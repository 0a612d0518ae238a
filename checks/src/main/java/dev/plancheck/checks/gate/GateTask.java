// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.run.SpecTarget;

/// One change of one database, as a rollout has settled on it: only what was checked of exactly
/// this sheet counts for it.
public record GateTask(SpecTarget place, String sheet) {}
