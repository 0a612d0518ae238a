// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Trials of an ALTER on copies of tables, on real servers.
@NullMarked
package dev.plancheck.targets.mysql.clone;

import org.jspecify.annotations.NullMarked;
