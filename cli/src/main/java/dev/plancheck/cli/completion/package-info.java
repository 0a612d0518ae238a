// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// `plancheck completion`: what a shell needs to complete commands and flags.
@NullMarked
package dev.plancheck.cli.completion;

import org.jspecify.annotations.NullMarked;
