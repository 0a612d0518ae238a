// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The ports of `checks` to our own storage, over PostgreSQL. Nothing here decides, and nothing
/// here knows users' databases.
@NullMarked
package dev.plancheck.store;

import org.jspecify.annotations.NullMarked;
