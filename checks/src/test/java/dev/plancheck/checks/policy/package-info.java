// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Tests of review policies.
@NullMarked
package dev.plancheck.checks.policy;

import org.jspecify.annotations.NullMarked;
