// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Wanted schemas.
@NullMarked
package dev.plancheck.checks.declarative;

import org.jspecify.annotations.NullMarked;
