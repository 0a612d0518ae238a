// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Real servers of MySQL and MariaDB for tests: start at
/// [dev.plancheck.targets.mysql.servers.MysqlServers].
@NullMarked
package dev.plancheck.targets.mysql.servers;

import org.jspecify.annotations.NullMarked;
