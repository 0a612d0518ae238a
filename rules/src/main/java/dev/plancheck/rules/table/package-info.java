// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about whole tables.
@NullMarked
package dev.plancheck.rules.table;

import org.jspecify.annotations.NullMarked;
