// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Review policies: which there are, which of them governs a database, and what its text means.
@NullMarked
package dev.plancheck.checks.policy;

import org.jspecify.annotations.NullMarked;
