// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// From files, folders and standard input to texts, with clear refusals.
@NullMarked
package dev.plancheck.cli.input;

import org.jspecify.annotations.NullMarked;
