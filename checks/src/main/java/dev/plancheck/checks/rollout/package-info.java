// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Carrying a plan out: the contract of applying one task to one database.
///
/// Starting point: [dev.plancheck.checks.rollout.TargetChanger].
@NullMarked
package dev.plancheck.checks.rollout;

import org.jspecify.annotations.NullMarked;
