// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The judge of syntax, started when a script needs it.
@NullMarked
package dev.plancheck.cli.judge;

import org.jspecify.annotations.NullMarked;
