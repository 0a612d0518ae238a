// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// PostgreSQL as a target, 13 to 18: connections, catalogue, estimates.
///
/// Starting point: [dev.plancheck.targets.postgresql.PostgresqlConnector]. Everything here reads,
/// and only [dev.plancheck.targets.postgresql.change] writes; the text of a script reaches the
/// server only behind EXPLAIN, one command at a time.
@NullMarked
package dev.plancheck.targets.postgresql;

import org.jspecify.annotations.NullMarked;
