// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about objects that a target lacks, or has already: where the same script succeeds on one
/// database and fails on another.
@NullMarked
package dev.plancheck.rules.object;

import org.jspecify.annotations.NullMarked;
