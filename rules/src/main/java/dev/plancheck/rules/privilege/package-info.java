// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about rights, and about who code runs as.
@NullMarked
package dev.plancheck.rules.privilege;

import org.jspecify.annotations.NullMarked;
