// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What the program logs: people read lines, machines read JSON, and nobody reads a password.
@NullMarked
package dev.plancheck.server.log;

import org.jspecify.annotations.NullMarked;
