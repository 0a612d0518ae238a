// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// SQL review of a sheet, shared by databases that look alike.
@NullMarked
package dev.plancheck.checks.advise;

import org.jspecify.annotations.NullMarked;
