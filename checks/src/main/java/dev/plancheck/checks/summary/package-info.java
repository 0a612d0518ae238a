// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What a sheet changes in one database: statement types, tables, rows.
@NullMarked
package dev.plancheck.checks.summary;

import org.jspecify.annotations.NullMarked;
