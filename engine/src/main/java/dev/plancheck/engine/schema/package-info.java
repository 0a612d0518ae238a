// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What a target looks like, as far as a script can reach it, and how a script's own DDL changes
/// that.
///
/// Starting point: [dev.plancheck.engine.schema.Schema]. It holds names, never object ids, so that
/// two databases which look alike are equal.
@NullMarked
package dev.plancheck.engine.schema;

import org.jspecify.annotations.NullMarked;
