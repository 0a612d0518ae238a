// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// From a plan to its frozen list of targets and checks: a pure function.
@NullMarked
package dev.plancheck.checks.planner;

import org.jspecify.annotations.NullMarked;
