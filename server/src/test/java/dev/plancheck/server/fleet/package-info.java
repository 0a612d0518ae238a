// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Fleets far too large to be real: simulated databases under real storage.
@NullMarked
package dev.plancheck.server.fleet;

import org.jspecify.annotations.NullMarked;
