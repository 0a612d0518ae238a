// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.targets.mysql.servers.MysqlServers;

final class HostileCount80Test extends HostileCountContract {
  HostileCount80Test() {
    super(MysqlServers.MYSQL_80);
  }
}
