// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about what a script changes for a whole server.
@NullMarked
package dev.plancheck.rules.server;

import org.jspecify.annotations.NullMarked;
