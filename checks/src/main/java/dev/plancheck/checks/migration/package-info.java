// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What became of plans that come from a deployment with one row per check, and what their gates
/// say of it. Start at [dev.plancheck.checks.migration.MigrationReport].
@NullMarked
package dev.plancheck.checks.migration;

import org.jspecify.annotations.NullMarked;
