// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Private MySQL and MariaDB servers, for tenants of the demo and for tests. None comes with
/// plancheck, whose licence theirs does not fit: they are found on this machine, or unpacked from
/// what a test brings. Start at [dev.plancheck.embedded.mysql.MysqlServer].
@NullMarked
package dev.plancheck.embedded.mysql;

import org.jspecify.annotations.NullMarked;
