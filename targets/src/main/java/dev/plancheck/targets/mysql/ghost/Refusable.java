// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import dev.plancheck.checks.ghost.Answer;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Questions that a server may refuse: a refusal becomes an answer in words, and only a broken
/// connection is a failure.
final class Refusable {
  private static final int SYNTAX_ERROR = 1064;

  /// Of MariaDB, which says so with the same state as for a connection that is killed.
  private static final int STATEMENT_TIMEOUT = 1969;

  private static final int LONGEST = 200;

  private final Asker asker;

  Refusable(Asker asker) {
    this.asker = asker;
  }

  /// What becomes of rows.
  interface Reading<T> {
    T of(List<SortedMap<String, @Nullable String>> rows) throws SQLException;
  }

  List<SortedMap<String, @Nullable String>> ask(String question) throws SQLException {
    return asker.ask(question);
  }

  /// The first of several spellings that the server knows; `remedy` is what to grant where it
  /// refuses.
  <T> Answer<T> first(List<String> spellings, String remedy, Reading<T> reading)
      throws SQLException {
    SQLException refusal = null;
    for (var question : spellings) {
      try {
        return new Answer.Told<>(reading.of(asker.ask(question)));
      } catch (SQLException e) {
        if (isBroken(e)) {
          throw e;
        }
        refusal = refusal == null || e.getErrorCode() != SYNTAX_ERROR ? e : refusal;
        if (e.getErrorCode() != SYNTAX_ERROR) {
          break;
        }
      }
    }
    return new Answer.Untold<>(words(spellings.getFirst(), refusal, remedy));
  }

  /// What `reading` asks for, unless the server refuses any of it.
  <T> Answer<T> all(String what, Reading<T> reading) throws SQLException {
    try {
      return new Answer.Told<>(reading.of(List.of()));
    } catch (SQLException e) {
      if (isBroken(e)) {
        throw e;
      }
      return new Answer.Untold<>(words(what, e, ""));
    }
  }

  private static String words(String question, @Nullable SQLException refusal, String remedy) {
    var what = question.length() <= LONGEST ? question : question.substring(0, LONGEST) + "...";
    var why =
        refusal == null
            ? ""
            : " (error %d: %s)".formatted(refusal.getErrorCode(), shortened(refusal));
    return "The server refused %s%s%s".formatted(what, why, remedy.isEmpty() ? "" : ": " + remedy);
  }

  private static String shortened(SQLException refusal) {
    var text = String.valueOf(refusal.getMessage()).replaceFirst("^\\(conn=\\d+\\) ", "");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  static boolean isBroken(SQLException failure) {
    var state = failure.getSQLState();
    return failure instanceof SQLNonTransientConnectionException
        || state == null
        || state.startsWith("08")
        || (state.equals("70100") && failure.getErrorCode() != STATEMENT_TIMEOUT);
  }
}
