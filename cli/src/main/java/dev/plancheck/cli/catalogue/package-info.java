// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The commands `rules` and `explain`: what is looked for, and what to do about it.
@NullMarked
package dev.plancheck.cli.catalogue;

import org.jspecify.annotations.NullMarked;
