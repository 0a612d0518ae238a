// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckType;

/// What tells one virtual run of a plan from the others. Specs are no part of it, as they were none
/// of a row per check; `sheet` is a SHA-256.
public record LegacyCheck(DatabaseName target, String sheet, CheckType type) {}
