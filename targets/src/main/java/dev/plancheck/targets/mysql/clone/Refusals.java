// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import java.sql.SQLException;
import java.util.Set;

/// What it means that a server refuses a statement (numbers of the MySQL manual, "Server Error
/// Message Reference", and of MariaDB's "MariaDB Error Codes").
final class Refusals {
  static final int UNKNOWN_DATABASE = 1049;

  private static final int LONGEST = 300;

  private static final Set<Integer> RIGHTS = Set.of(1044, 1142, 1143, 1227, 1370);

  /// It was ended: by its time limit, by us, or by others.
  private static final Set<Integer> ENDED = Set.of(1053, 1317, 1927, 1969, 2006, 2013, 3024, 4031);

  /// Locks, space, limits and modes of the server, names that another copy has now: nothing that
  /// the statement is to blame for.
  private static final Set<Integer> OF_THE_SERVER =
      Set.of(
          1020, 1021, 1030, 1037, 1038, 1040, 1041, 1050, 1114, 1203, 1205, 1206, 1213, 1223, 1226,
          1290, 1598, 1614, 1665, 1792, 1836, 3100, 3572, 3822);

  private Refusals() {}

  static boolean isOfRights(SQLException refusal) {
    return RIGHTS.contains(refusal.getErrorCode());
  }

  static boolean isEnd(SQLException refusal) {
    var state = refusal.getSQLState();
    return state == null || state.startsWith("08") || ENDED.contains(refusal.getErrorCode());
  }

  static boolean isOfTheServer(SQLException refusal) {
    return OF_THE_SERVER.contains(refusal.getErrorCode());
  }

  /// The server's words without the names of our own table. For statements on a table without rows
  /// only: there is no value that they could repeat.
  static String words(SQLException refusal, Copy copy, String table) {
    var text =
        String.valueOf(refusal.getMessage())
            .replaceFirst("^\\(conn=\\d+\\) ", "")
            .replace(copy.sql(), table)
            .replace(copy.schema() + "." + copy.name(), table)
            .replace(copy.schema() + "/" + copy.name(), table)
            .replace(copy.name(), table)
            .strip();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
