// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about columns of existing tables.
@NullMarked
package dev.plancheck.rules.column;

import org.jspecify.annotations.NullMarked;
