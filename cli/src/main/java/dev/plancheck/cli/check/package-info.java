// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The command `check`: scripts against real databases, without a server.
///
/// Starting point: [dev.plancheck.cli.check.CheckCommand]. A check is a real run, by the planner
/// and the runner that a server uses, over storage in memory.
@NullMarked
package dev.plancheck.cli.check;

import org.jspecify.annotations.NullMarked;
