// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// CREATE TABLE in all its forms.
final class CreateTables {
  private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "TABLE", "VALUES");

  /// The options that [Statement.CreateTable] tells.
  private static final Set<String> KEPT =
      Set.of(
          "ENGINE",
          "ROW_FORMAT",
          "KEY_BLOCK_SIZE",
          "CHARACTER",
          "CHARSET",
          "CHAR",
          "COLLATE",
          "COMMENT");

  private final Reader reader;
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<TableConstraint> constraints = new ArrayList<>();
  private final Map<String, String> options = new TreeMap<>();

  private CreateTables(Reader reader) {
    this.reader = reader;
  }

  /// From behind TABLE on.
  static Statement create(Reader reader, boolean temporary) {
    return new CreateTables(reader)
        .create(temporary ? Persistence.TEMPORARY : Persistence.PERMANENT);
  }

  private Statement create(Persistence persistence) {
    var ifNotExists = reader.ifNotExists();
    var table = reader.object();
    if (reader.take("LIKE") || reader.take("(", "LIKE")) {
      var all = List.of("DEFAULTS", "CONSTRAINTS", "INDEXES", "GENERATED", "IDENTITY");
      var like = new Statement.Like(reader.object(), all);
      return new Statement.CreateTable(
          table,
          ifNotExists,
          persistence,
          List.of(),
          List.of(),
          List.of(),
          List.of(like),
          null,
          false);
    }
    if (reader.at("(") && !startsQuery(1)) {
      elements();
    }
    var partitioned = options();
    if (!reader.atEnd()) {
      var query = Tables.query(reader, reader.index(), Set.of(), List.of());
      return new Statement.CreateTableAs(table, ifNotExists, persistence, true, query);
    }
    return new Statement.CreateTable(
        table,
        ifNotExists,
        persistence,
        columns,
        constraints,
        List.of(),
        List.of(),
        null,
        partitioned,
        options);
  }

  private boolean startsQuery(int ahead) {
    var at = reader.index() + ahead;
    while (at < reader.size() && reader.is(at, "(")) {
      at++;
    }
    if (at >= reader.size()) {
      return false;
    }
    var found = at;
    return QUERIES.stream().anyMatch(word -> reader.is(found, word));
  }

  private void elements() {
    reader.expect("(");
    do {
      if (Keys.begins(reader)) {
        constraints.add(Keys.of(reader));
      } else if (reader.at("PERIOD", "FOR")) {
        reader.skipTo(Set.of(","));
      } else {
        columns.add(Columns.named(reader));
      }
    } while (reader.take(","));
    reader.expect(")");
  }

  private void option() {
    var name = AlterOptions.optionName(reader);
    reader.take("=");
    options.put(name, AlterOptions.value(reader));
  }

  /// Moves to the query, or to the end; true if the table has partitions.
  private boolean options() {
    var partitioned = false;
    for (; !reader.atEnd(); reader.moveTo(reader.index() + 1)) {
      while (!partitioned && reader.atAny(KEPT)) {
        option();
      }
      partitioned |= reader.at("PARTITION", "BY");
      if (reader.take("WITH", "SYSTEM", "VERSIONING")) {
        reader.moveTo(reader.index() - 1);
        continue;
      }
      if (reader.at("(") && !startsQuery(1)) {
        reader.skipBrackets();
        reader.moveTo(reader.index() - 1);
      } else if (reader.atAny(QUERIES) || (reader.at("(") && startsQuery(1))) {
        return partitioned;
      }
    }
    return partitioned;
  }
}
