// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What a MySQL or MariaDB server says that decides whether gh-ost could change a table. Only
/// SELECT and SHOW are asked, names are compared whole and never as patterns, and nothing is
/// changed.
@NullMarked
package dev.plancheck.targets.mysql.ghost;

import org.jspecify.annotations.NullMarked;
