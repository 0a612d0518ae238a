// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Who calls, what they may do, and the tokens by which they are known.
@NullMarked
package dev.plancheck.checks.access;

import org.jspecify.annotations.NullMarked;
