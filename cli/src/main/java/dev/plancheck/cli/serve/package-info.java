// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// `plancheck serve`: the server's rooms, opened from a command line.
@NullMarked
package dev.plancheck.cli.serve;

import org.jspecify.annotations.NullMarked;
