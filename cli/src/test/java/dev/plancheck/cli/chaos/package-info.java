// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Servers and databases that are really killed, paused and filled up while a run is at work, and
/// what must be true afterwards.
@NullMarked
package dev.plancheck.cli.chaos;

import org.jspecify.annotations.NullMarked;
