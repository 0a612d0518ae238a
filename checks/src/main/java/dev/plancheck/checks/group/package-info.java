// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Database groups: what their expressions mean, and who belongs to them.
@NullMarked
package dev.plancheck.checks.group;

import org.jspecify.annotations.NullMarked;
