// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What leads from a database's schema to a wanted one, computed with pgCodeKeeper and tried on a
/// server of ours. Start at `PostgresqlDifferences`.
@NullMarked
package dev.plancheck.targets.postgresql.declarative;

import org.jspecify.annotations.NullMarked;
