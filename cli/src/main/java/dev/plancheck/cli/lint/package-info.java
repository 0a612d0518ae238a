// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The command `lint`: a review of scripts without any database.
@NullMarked
package dev.plancheck.cli.lint;

import org.jspecify.annotations.NullMarked;
