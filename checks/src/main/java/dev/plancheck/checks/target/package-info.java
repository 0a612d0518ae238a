// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The port to the users' databases.
@NullMarked
package dev.plancheck.checks.target;

import org.jspecify.annotations.NullMarked;
