// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// How far a run may go: connections and time limits, as flags.
@NullMarked
package dev.plancheck.cli.limits;

import org.jspecify.annotations.NullMarked;
