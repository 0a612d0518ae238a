// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about constraints.
@NullMarked
package dev.plancheck.rules.constraint;

import org.jspecify.annotations.NullMarked;
