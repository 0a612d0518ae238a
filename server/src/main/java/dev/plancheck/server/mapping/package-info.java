// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The only place where the messages of the API meet the records of `checks`.
@NullMarked
package dev.plancheck.server.mapping;

import org.jspecify.annotations.NullMarked;
