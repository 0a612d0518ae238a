// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Whether gh-ost could make the change online.
@NullMarked
package dev.plancheck.checks.ghost;

import org.jspecify.annotations.NullMarked;
