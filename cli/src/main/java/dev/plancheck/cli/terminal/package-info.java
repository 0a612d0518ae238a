// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Where a command reads and writes: streams, colours, the width of characters.
@NullMarked
package dev.plancheck.cli.terminal;

import org.jspecify.annotations.NullMarked;
