// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Passwords of instances: sealed at rest, resolved at the moment of use, never shown.
@NullMarked
package dev.plancheck.server.secret;

import org.jspecify.annotations.NullMarked;
