// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The one program `plancheck`: commands and how they show things.
@NullMarked
package dev.plancheck.cli;

import org.jspecify.annotations.NullMarked;
