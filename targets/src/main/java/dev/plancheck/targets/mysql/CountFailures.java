// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.MissingObject;
import dev.plancheck.checks.target.RowEstimate.MissingRight;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.targets.login.TimeWords;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Why rows were not counted, in words that repeat no value of a statement.
record CountFailures(Line line, Limits limits) {
  /// What a script may make itself: an unknown table, column, partition, index or database.
  private static final Set<Integer> MISSING = Set.of(1049, 1054, 1109, 1146, 1176, 1735);

  private static final Set<Integer> NO_RIGHT =
      Set.of(
          ErrorCodes.DATABASE_DENIED,
          ErrorCodes.TABLE_DENIED,
          ErrorCodes.COLUMN_DENIED,
          ErrorCodes.RIGHT_DENIED);

  private static final int SYNTAX = 1064;
  private static final int SAME_COLUMN = 1060;
  private static final int READ_ONLY = 1792;

  /// The driver puts the number of the connection before what the server says.
  private static final Pattern OF_DRIVER = Pattern.compile("^\\(conn=\\d+\\) ");

  static boolean isTimeout(SQLException failure) {
    return failure.getErrorCode() == ErrorCodes.STATEMENT_TIMEOUT_MYSQL
        || failure.getErrorCode() == ErrorCodes.STATEMENT_TIMEOUT_MARIADB;
  }

  /// `tables` are those that are read. Throws the failure again when it is not about the statement
  /// but about the connection.
  RowEstimate of(int statement, List<TableId> tables, SQLException failure) throws SQLException {
    if (line.isCanceled() || ErrorCodes.isOfConnection(failure)) {
      throw failure;
    }
    var code = failure.getErrorCode();
    if (MISSING.contains(code)) {
      return new MissingObject(statement, said(failure));
    }
    return NO_RIGHT.contains(code)
        ? new MissingRight(
            statement,
            "the user may not read what its rows depend on, which counting needs: "
                + grants(tables))
        : new NotAvailable(statement, reason(code));
  }

  private String reason(int code) {
    var title = line.version().version().engine().title();
    return switch (code) {
      case ErrorCodes.LOCK_WAIT_TIMEOUT ->
          "another session held a lock that counting needs, for more than %s"
              .formatted(TimeWords.of(limits.lock()));
      case ErrorCodes.STATEMENT_TIMEOUT_MYSQL, ErrorCodes.STATEMENT_TIMEOUT_MARIADB ->
          "neither counting nor planning ended within the time limit";
      case READ_ONLY -> "counting it tried to write";
      case SAME_COLUMN -> "two columns of its query have the same name";
      case SYNTAX -> "%s finds a syntax error in what chooses its rows".formatted(title);
      default -> "%s refuses to count its rows with error %d".formatted(title, code);
    };
  }

  private String grants(List<TableId> tables) throws SQLException {
    var user = line.attempt("SELECT CURRENT_USER()").getFirst().text(0);
    var at = user.lastIndexOf('@');
    return tables.stream()
        .map(table ->
            "GRANT SELECT ON %s TO '%s'@'%s'"
                .formatted(table.quoted(), user.substring(0, at), user.substring(at + 1)))
        .collect(Collectors.joining("; "));
  }

  private static String said(SQLException failure) {
    return OF_DRIVER.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
  }
}
