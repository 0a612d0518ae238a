// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.canary;

import mysqlgrammar.antlr.CommonToken;

/// Breaks the law that the parsers of MySQL and MariaDB stay in their dialect.
public final class KnowsTheMysqlParser {
  CommonToken token = new CommonToken(1);
}
