// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import java.util.Locale;
import java.util.regex.Pattern;

/// The two modes that change where a string ends; both are off on a server as it is delivered.
///
/// A script that sets `sql_mode` to a string that can be read is followed; to anything else (a
/// variable, a function) it is taken to restore what was there.
record SqlMode(boolean ansiQuotes, boolean noBackslashEscapes) {
  static final SqlMode USUAL = new SqlMode(false, false);

  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?is)\\bsql_mode`?\\s*:?=\\s*(?:'([^']*)'|\"([^\"]*)\"|([^,;]*))");
  private static final Pattern SET = Pattern.compile("(?is)(/\\*M?!\\d*\\s*)?set\\b");
  private static final int LONGEST = 4_096;

  /// The modes after a statement.
  SqlMode after(String statement) {
    if (statement.length() > LONGEST || !SET.matcher(statement).lookingAt()) {
      return this;
    }
    var found = ASSIGNMENT.matcher(statement);
    var mode = this;
    while (found.find()) {
      var text = found.group(1) != null ? found.group(1) : found.group(2);
      mode = text == null ? USUAL : of(text);
    }
    return mode;
  }

  private static SqlMode of(String modes) {
    var ansi = false;
    var plain = false;
    for (var mode : modes.toUpperCase(Locale.ROOT).split(",", -1)) {
      switch (mode.strip()) {
        case "ANSI", "ANSI_QUOTES", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL" -> ansi = true;
        case "NO_BACKSLASH_ESCAPES" -> plain = true;
        default -> {}
      }
    }
    return new SqlMode(ansi, plain);
  }
}
