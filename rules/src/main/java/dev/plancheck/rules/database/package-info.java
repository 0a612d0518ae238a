// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about which database of a server a script works on.
@NullMarked
package dev.plancheck.rules.database;

import org.jspecify.annotations.NullMarked;
