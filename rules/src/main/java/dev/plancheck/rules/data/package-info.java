// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about the rows that a script changes.
@NullMarked
package dev.plancheck.rules.data;

import org.jspecify.annotations.NullMarked;
