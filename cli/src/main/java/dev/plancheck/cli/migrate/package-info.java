// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// `plancheck migrate`: plans of a deployment with one row per check come to plancheck. Start at
/// [dev.plancheck.cli.migrate.MigrateCommand].
@NullMarked
package dev.plancheck.cli.migrate;

import org.jspecify.annotations.NullMarked;
