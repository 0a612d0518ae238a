// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Every port in memory: what a check without a server runs on, and what tests run on.
@NullMarked
package dev.plancheck.checks.memory;

import org.jspecify.annotations.NullMarked;
