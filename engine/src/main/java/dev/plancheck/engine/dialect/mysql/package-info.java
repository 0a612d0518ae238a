// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// MySQL and MariaDB: one splitter and one lowering for both, with a generated parser each that
/// says what is a statement at all.
///
/// Starting point: [dev.plancheck.engine.dialect.mysql.MysqlDialect]. The generated parsers come
/// from the module `mysql-grammar`; nothing of them leaves this package.
@NullMarked
package dev.plancheck.engine.dialect.mysql;

import org.jspecify.annotations.NullMarked;
