// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Wanted schemas, and what leads to them.
@NullMarked
package dev.plancheck.checks.declarative;

import org.jspecify.annotations.NullMarked;
