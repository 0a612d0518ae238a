// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about indexes.
@NullMarked
package dev.plancheck.rules.index;

import org.jspecify.annotations.NullMarked;
