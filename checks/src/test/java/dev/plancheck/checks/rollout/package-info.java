// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
@NullMarked
package dev.plancheck.checks.rollout;

import org.jspecify.annotations.NullMarked;
