// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Statements that read or write rows.
///
/// A statement that writes to several tables is lowered to a write of the first one, with the
/// writes of the others inside of it.
final class Dml {
  static final Set<String> AFTER_WHERE = Set.of("ORDER", "LIMIT", "RETURNING");
  static final Set<String> AFTER_SET = Set.of("WHERE", "ORDER", "LIMIT", "RETURNING");
  private static final Set<String> MODIFIERS =
      Set.of("LOW_PRIORITY", "QUICK", "IGNORE", "HIGH_PRIORITY", "DELAYED", "CONCURRENT");
  private static final Set<String> LIMIT = Set.of("LIMIT", "RETURNING");

  private Dml() {}

  static Statement select(Reader reader) {
    var locks = false;
    for (var at = 0; at + 1 < reader.size(); at++) {
      locks |= reader.is(at, "FOR") && (reader.is(at + 1, "UPDATE") || reader.is(at + 1, "SHARE"));
      locks |= reader.is(at, "LOCK") && reader.is(at + 1, "IN");
    }
    return new Statement.Select(locks, Tables.query(reader, 0, Set.of(), List.of()));
  }

  /// INSERT and REPLACE, from behind the first word on; `lost` rows were cut from the list.
  static Statement insert(Reader reader, boolean replace, int lost) {
    var ignore = skipModifiers(reader);
    reader.take("INTO");
    var table = reader.object();
    if (reader.take("PARTITION")) {
      reader.skipBrackets();
    }
    var columns = columnList(reader);
    var from = reader.index();
    var rows = 0;
    if (reader.take("VALUES") || reader.take("VALUE")) {
      rows = rows(reader) + lost;
    } else if (reader.take("SET")) {
      rows = 1;
      columns = assigned(reader).stream().map(ObjectName::name).toList();
    }
    var duplicate = false;
    for (; !reader.atEnd(); reader.moveTo(reader.index() + 1)) {
      duplicate |= reader.at("ON", "DUPLICATE", "KEY");
    }
    var query = Tables.query(reader, from, Set.of(), List.of());
    return new Statement.Insert(table, columns, rows, replace || duplicate || ignore, query);
  }

  /// Whether one of them is IGNORE.
  static boolean skipModifiers(Reader reader) {
    var ignore = false;
    while (reader.atAny(MODIFIERS)) {
      ignore |= reader.at("IGNORE");
      reader.take();
    }
    return ignore;
  }

  static List<String> columnList(Reader reader) {
    var from = reader.index();
    var columns = new ArrayList<String>();
    if (!reader.take("(")) {
      return columns;
    }
    if (reader.at("SELECT") || reader.at("WITH") || reader.at("(") || reader.at("VALUES")) {
      reader.moveTo(from);
      return columns;
    }
    while (!reader.take(")")) {
      columns.add(Names.fold(reader.object().name()));
      reader.take(",");
    }
    return columns;
  }

  private static int rows(Reader reader) {
    var rows = 0;
    do {
      reader.take("ROW");
      reader.skipBrackets();
      rows++;
    } while (reader.take(",") || reader.at("(") || reader.at("ROW"));
    return rows;
  }

  /// The columns on the left of `=`, up to the end of the list.
  static List<ObjectName> assigned(Reader reader) {
    var columns = new ArrayList<ObjectName>();
    var stops = new LinkedHashSet<>(AFTER_SET);
    stops.addAll(Set.of(",", "AS", "ON"));
    do {
      var column = column(reader);
      columns.add(column);
      reader.skipTo(stops);
    } while (reader.take(","));
    return columns;
  }

  /// `column`, `table.column` or `database.table.column`, the schema being the table's name.
  private static ObjectName column(Reader reader) {
    var names = new ArrayList<String>();
    do {
      names.add(reader.name());
    } while (reader.take("."));
    var name = Names.fold(names.getLast());
    return names.size() == 1
        ? ObjectName.of(name)
        : new ObjectName(names.get(names.size() - 2), name);
  }

  /// From behind UPDATE on.
  static Statement update(Reader reader) {
    skipModifiers(reader);
    var from = reader.index();
    reader.skipTo(Set.of("SET"));
    var tables = Tables.byAlias(reader, from, reader.index());
    var joined = Joins.conditions(reader, from, reader.index());
    var named = Tables.query(reader.part(0, reader.size()), 0, Set.of(), List.of());
    reader.expect("SET");
    var columns = assigned(reader);
    var where = where(reader);
    var targets = targets(tables, columns);
    var writes = new ArrayList<Statement>();
    targets.forEach((table, changed) ->
        writes.add(
            new Statement.Update(
                table, changed, where != null ? where : joined.get(table), Query.NONE)));
    var first = (Statement.Update) writes.removeFirst();
    var query = new Query(without(named.tables(), targets.keySet()), named.functions(), writes);
    return new Statement.Update(first.table(), first.columns(), first.where(), query);
  }

  private static List<ObjectName> without(List<ObjectName> all, Set<ObjectName> gone) {
    return all.stream().filter(name -> !gone.contains(name)).toList();
  }

  private static Map<ObjectName, List<String>> targets(
      Map<String, ObjectName> tables, List<ObjectName> columns) {
    var targets = new LinkedHashMap<ObjectName, List<String>>();
    for (var column : columns) {
      var table =
          column.schema() == null && tables.size() == 1
              ? tables.values().iterator().next()
              : tables.get(String.valueOf(column.schema()));
      if (table == null) {
        throw new NotLowered(
            "an UPDATE of joined tables that does not say whose column %s is"
                .formatted(column.name()));
      }
      targets.computeIfAbsent(table, _ -> new ArrayList<>()).add(column.name());
    }
    return targets;
  }

  /// The condition of a WHERE that comes next; a LIMIT bounds the rows as well, and stands for one
  /// where there is none.
  private static @Nullable Expression where(Reader reader) {
    if (reader.take("WHERE")) {
      var from = reader.index();
      reader.skipTo(AFTER_WHERE);
      return Expressions.condition(reader, from, reader.index());
    }
    reader.skipTo(LIMIT);
    if (!reader.at("LIMIT")) {
      return null;
    }
    var from = reader.index();
    reader.skipTo(Set.of("RETURNING"));
    return Expressions.of(reader, from, reader.index());
  }

  /// From behind DELETE on.
  static Statement delete(Reader reader) {
    skipModifiers(reader);
    var from = reader.index();
    var single = reader.take("FROM");
    var targets = new ArrayList<String>();
    do {
      targets.add(String.join(".", target(reader)));
    } while (reader.take(","));
    var joined = single ? reader.take("USING") : reader.take("FROM");
    if (!joined) {
      return single(reader, from);
    }
    var tables = reader.index();
    reader.skipTo(AFTER_SET);
    var conditions = Joins.conditions(reader, tables, reader.index());
    return joined(reader, targets, Tables.byAlias(reader, tables, reader.index()), conditions);
  }

  /// A name of one or two parts, and `.*`, which means nothing.
  static List<String> target(Reader reader) {
    var names = new ArrayList<String>(List.of(reader.name()));
    while (reader.take(".")) {
      if (!reader.take("*")) {
        names.add(reader.name());
      }
    }
    return names;
  }

  private static Statement single(Reader reader, int from) {
    reader.moveTo(from);
    reader.expect("FROM");
    var table = reader.object();
    reader.skipTo(AFTER_SET);
    var where = where(reader);
    return new Statement.Delete(table, where, Tables.query(reader, 0, Set.of(table), List.of()));
  }

  private static Statement joined(
      Reader reader,
      List<String> targets,
      Map<String, ObjectName> tables,
      Map<ObjectName, Expression> conditions) {
    var where = where(reader);
    var written = new LinkedHashSet<ObjectName>();
    for (var target : targets) {
      var dot = target.lastIndexOf('.');
      var found = tables.get(target);
      written.add(
          found != null
              ? found
              : dot < 0
                  ? ObjectName.of(target)
                  : new ObjectName(target.substring(0, dot), target.substring(dot + 1)));
    }
    var names = new LinkedHashSet<>(written);
    targets.forEach(target -> names.add(ObjectName.of(target)));
    var query = Tables.query(reader, 0, names, List.of());
    var writes = new ArrayList<Statement>();
    for (var table : written) {
      writes.add(
          new Statement.Delete(table, where != null ? where : conditions.get(table), Query.NONE));
    }
    var first = (Statement.Delete) writes.removeFirst();
    return new Statement.Delete(
        first.table(), first.where(), new Query(query.tables(), query.functions(), writes));
  }

  /// LOAD DATA and LOAD XML, which copy a file into a table.
  static Statement load(Reader reader) {
    while (!reader.at("INTO", "TABLE")) {
      reader.take();
    }
    reader.expect("INTO", "TABLE");
    return new Statement.Copy(reader.object(), true, Query.NONE);
  }

  /// EXPLAIN, DESCRIBE and DESC; of a table it shows the columns.
  static Statement explain(Reader reader, Function<Reader, Statement> lower) {
    var analyze = false;
    var statements =
        Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "TABLE", "(", "VALUES");
    for (reader.take(); !reader.atEnd(); reader.moveTo(reader.index() + 1)) {
      analyze |= reader.at("ANALYZE");
      if (statements.contains(reader.word())) {
        var explained = lower.apply(reader.part(reader.index(), reader.size()));
        return new Statement.Explain(analyze, explained);
      }
    }
    return new Statement.Utility("DESCRIBE", null, null);
  }
}
