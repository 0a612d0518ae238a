// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about locks, and which statement takes which.
@NullMarked
package dev.plancheck.rules.lock;

import org.jspecify.annotations.NullMarked;
