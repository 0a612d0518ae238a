// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Conditions that users write, in CEL: compiled once, with the place of what is wrong in them, and
/// asked also where not everything is known. Begin with
/// [dev.plancheck.checks.expression.Expressions].
@NullMarked
package dev.plancheck.checks.expression;

import org.jspecify.annotations.NullMarked;
