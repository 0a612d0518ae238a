// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.plan.DatabaseName;

/// A line of the manifest: one sheet for one database, as the plan said when the rollout was
/// created. `stage` counts from 0; `sheet` is a SHA-256.
public record TaskItem(
    int stage, String spec, DatabaseName target, String sheet, boolean priorBackup) {}
