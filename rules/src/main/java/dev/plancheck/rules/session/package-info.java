// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about what a script sets for its own session.
@NullMarked
package dev.plancheck.rules.session;

import org.jspecify.annotations.NullMarked;
