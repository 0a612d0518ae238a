// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.targets.mysql.servers.MysqlServers;

final class RowCount57Test extends RowCountContract {
  RowCount57Test() {
    super(MysqlServers.MYSQL_57);
  }
}
