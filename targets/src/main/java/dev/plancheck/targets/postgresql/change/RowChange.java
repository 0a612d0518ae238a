// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An UPDATE or DELETE of one table that can be asked beforehand which rows it will change: with
/// the same table and alias behind FROM, and the same condition. `columns` are those that an UPDATE
/// sets; empty for a DELETE.
record RowChange(
    ScriptStatement statement,
    String from,
    String row,
    ObjectName table,
    @Nullable Expression where,
    String condition,
    List<String> columns) {
  private static final String NAME = "(?:[\\p{L}_][\\p{L}\\p{N}_$]*+|\"(?:[^\"]|\"\")++\")";

  /// Group 1 is what stands behind FROM, 2 the table, 3 the alias. The alias is the last choice:
  /// SET and WHERE are not to be taken for one.
  private static final String TABLE =
      "((?:ONLY\\s+)?(" + NAME + "(?:\\." + NAME + ")?)(?:\\s+(?:AS\\s+)?(" + NAME + "))??)";

  private static final Pattern UPDATE = Pattern.compile("(?isU)UPDATE\\s+" + TABLE + "\\s+SET\\b");
  private static final Pattern DELETE =
      Pattern.compile("(?isU)DELETE\\s+FROM\\s+" + TABLE + "\\s*(?:\\sWHERE\\b|\\sRETURNING\\b|$)");
  private static final Pattern WHERE = Pattern.compile("(?is).*\\bWHERE\\s*");
  private static final Pattern REST = Pattern.compile("(?is)\\s*(?:RETURNING\\b.*)?");

  RowChange {
    columns = List.copyOf(columns);
  }

  boolean isUpdate() {
    return !columns.isEmpty();
  }

  int number() {
    return statement.index() + 1;
  }

  /// Null for a statement that changes no rows by itself. Throws [Unsupported] for one that may,
  /// and of which it cannot be said which.
  static @Nullable RowChange of(Script script, ScriptStatement statement) throws Unsupported {
    return switch (statement.statement()) {
      case Statement.Update(var table, var columns, var where, var query) ->
          new Reader(script, statement, query).read(UPDATE, table, where, columns);
      case Statement.Delete(var table, var where, var query) ->
          new Reader(script, statement, query).read(DELETE, table, where, List.of());
      case Statement.Insert(_, _, _, var onConflict, var query) -> {
        if (onConflict) {
          throw new Unsupported("INSERT ... ON CONFLICT may change rows that are there");
        }
        yield noWrites(query);
      }
      case Statement.Select(_, var query) -> noWrites(query);
      case Statement.CreateTableAs(_, _, _, _, var query) -> noWrites(query);
      case Statement.Copy(_, _, var query) -> noWrites(query);
      case Statement.Explain(var analyze, var explained) -> {
        if (analyze
            && !(explained instanceof Statement.Select select
                && select.query().writes().isEmpty())) {
          throw new Unsupported("EXPLAIN ANALYZE carries the statement out");
        }
        yield null;
      }
      case Statement.Merge _ -> throw new Unsupported("MERGE: write UPDATE, DELETE and INSERT");
      case Statement.Truncate _ -> throw new Unsupported("TRUNCATE: write DELETE");
      case Statement.NotAnalysed(var reason) -> throw new Unsupported(reason);
      case Statement.Utility(var command, _, _) -> {
        if (command.equals("CALL") || command.equals("EXECUTE")) {
          throw new Unsupported("what " + command + " changes cannot be known");
        }
        yield null;
      }
      default -> null;
    };
  }

  private static @Nullable RowChange noWrites(Query query) throws Unsupported {
    if (!query.writes().isEmpty()) {
      throw new Unsupported("it changes rows within WITH");
    }
    return null;
  }

  /// Why there can be no backup, as a sentence goes on.
  static final class Unsupported extends Exception {
    private static final long serialVersionUID = 1L;

    Unsupported(String reason) {
      super(reason);
    }
  }

  /// Reads the text of one statement, which must be just as expected from its first character on.
  private record Reader(Script script, ScriptStatement statement, Query query) {
    RowChange read(Pattern head, ObjectName table, @Nullable Expression where, List<String> columns)
        throws Unsupported {
      noWrites(query);
      var text = script.source().slice(statement.span());
      var matcher = head.matcher(text);
      if (!matcher.lookingAt()) {
        throw new Unsupported(
            "only a plain UPDATE table SET ... WHERE ... or DELETE FROM table WHERE ... can be"
                + " backed up, without WITH, USING, and comments before SET or WHERE");
      }
      var start = statement.span().start();
      var end = where == null ? text.length() : where.span().start() - start;
      if (head.equals(UPDATE) && Clauses.hasFrom(text.substring(matcher.end(), end))) {
        throw new Unsupported("UPDATE ... FROM: which rows it joins can change until it runs");
      }
      var alias = matcher.group(3);
      return new RowChange(
          statement,
          matcher.group(1),
          alias == null ? matcher.group(2) : alias,
          table,
          where,
          where == null ? "true" : condition(text, where),
          columns);
    }

    private String condition(String text, Expression where) throws Unsupported {
      var from = where.span().start() - statement.span().start();
      var to = where.span().end() - statement.span().start();
      if (!WHERE.matcher(text.substring(0, from)).matches()
          || !REST.matcher(text.substring(to)).matches()) {
        throw new Unsupported("its condition cannot be taken out of it");
      }
      return text.substring(from, to);
    }
  }
}
