// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Tests of conditions.
@NullMarked
package dev.plancheck.checks.expression;

import org.jspecify.annotations.NullMarked;
