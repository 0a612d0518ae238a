// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// MySQL and MariaDB databases behind the ports of `checks`.
///
/// Starting point: [dev.plancheck.targets.mysql.MysqlConnector]. Everything here reads: its
/// sessions are read-only, and no statement of a script is run.
@NullMarked
package dev.plancheck.targets.mysql;

import org.jspecify.annotations.NullMarked;
