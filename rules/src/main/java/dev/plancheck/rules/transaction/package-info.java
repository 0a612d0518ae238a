// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about transactions.
@NullMarked
package dev.plancheck.rules.transaction;

import org.jspecify.annotations.NullMarked;
