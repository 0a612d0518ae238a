// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The small sealed tree that all dialects are lowered to, and that rules look at.
///
/// Starting point: [dev.plancheck.engine.sql.Statement]. A parser's own tree never leaves its
/// dialect's package.
@NullMarked
package dev.plancheck.engine.sql;

import org.jspecify.annotations.NullMarked;
