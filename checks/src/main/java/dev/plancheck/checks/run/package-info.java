// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The plan check run: its record, its results, and the runner that fills them.
@NullMarked
package dev.plancheck.checks.run;

import org.jspecify.annotations.NullMarked;
