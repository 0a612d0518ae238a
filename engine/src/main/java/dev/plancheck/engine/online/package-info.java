// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What MySQL and MariaDB do to a table when it is altered: whether its rows are copied, and
/// whether others can write meanwhile.
///
/// Starting point: [dev.plancheck.engine.online.OnlineDdl]. What a server does with each operation
/// is data, in `online-ddl.tsv` beside this package; all of it was measured on MySQL 5.7.22, 8.0.15
/// and 9.7.4 and on MariaDB 10.11.19 and 11.8.9, or, for the versions in between, is told by their
/// manuals.
@NullMarked
package dev.plancheck.engine.online;

import org.jspecify.annotations.NullMarked;
