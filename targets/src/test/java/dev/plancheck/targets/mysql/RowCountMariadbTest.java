// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.targets.mysql.servers.MysqlServers;

final class RowCountMariadbTest extends RowCountContract {
  RowCountMariadbTest() {
    super(MysqlServers.MARIADB);
  }
}
