// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.mysql.RowQuery.Asked;
import dev.plancheck.engine.dialect.mysql.RowQuery.Changed;
import dev.plancheck.engine.dialect.mysql.RowQuery.Refused;
import dev.plancheck.engine.sql.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a [RowQuery] of a statement: finds what of it chooses the rows.
final class RowQuestion {
  private static final Set<String> SINGLE = Set.of("WHERE", "ORDER", "LIMIT", "RETURNING");
  private static final Set<String> LIMIT = Set.of("LIMIT", "RETURNING");
  private static final Set<String> JOINS = Set.of("JOIN", "STRAIGHT_JOIN", ",", "(");

  private static final Set<String> BEGINNINGS = Set.of("SELECT", "WITH", "TABLE");

  /// Any of these in a query, and its rows are not those of its FROM.
  private static final Set<String> FOLDING =
      Set.of(
          "DISTINCT",
          "DISTINCTROW",
          "GROUP",
          "HAVING",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "MINUS",
          "LIMIT",
          "WINDOW",
          "FETCH",
          "OFFSET",
          "WITH",
          "INTO",
          "VALUES",
          "TABLE");

  private final Reader reader;
  private final EngineVersion version;
  private final TokenText with = new TokenText();
  private final TokenText rows = new TokenText();

  private RowQuestion(Reader reader, EngineVersion version) {
    this.reader = reader;
    this.version = version;
  }

  static RowQuery of(String statement, EngineVersion version) {
    var read = MysqlDialect.reader(statement, version);
    if (read.isEmpty()) {
      return new Refused("it is not one statement that is understood");
    }
    var reader = read.get();
    if (hasVersionedComment(reader)) {
      return new Refused("it has a comment that some servers run and others do not");
    }
    return new RowQuestion(reader, version).ask();
  }

  /// Between tokens; what stands in strings is none.
  static boolean hasVersionedComment(Reader reader) {
    var script = reader.script();
    var end = 0;
    for (var at = 0; at <= reader.size(); at++) {
      var next = at < reader.size() ? reader.token(at).start() : script.length();
      var between = script.substring(end, next);
      if (between.contains("/*!") || between.contains("/*M!")) {
        return true;
      }
      end = at < reader.size() ? reader.token(at).end() : end;
    }
    return false;
  }

  private RowQuery ask() {
    if (reader.at("WITH")) {
      reader.skipTo(Set.of("UPDATE", "DELETE"));
      with.tokens(reader, 0, reader.index());
    }
    if (reader.at("UPDATE") || reader.at("DELETE")) {
      var called = called(0);
      return called != null ? called : reader.take("UPDATE") ? update() : delete();
    }
    return reader.take("INSERT") || reader.take("REPLACE")
        ? insert()
        : new Refused("statements of its kind have no rows to count");
  }

  private @Nullable Refused called(int from) {
    return BuiltIns.otherCall(reader, from, reader.size(), false)
        .map(name -> new Refused("it calls %s()".formatted(name)))
        .orElse(null);
  }

  private RowQuery update() {
    Dml.skipModifiers(reader);
    var from = reader.index();
    reader.skipTo(Set.of("SET"));
    var to = reader.index();
    var tables = Tables.byAlias(reader, from, to);
    reader.expect("SET");
    var columns = Dml.assigned(reader);
    Set<String> names = new LinkedHashSet<>();
    for (var column : columns) {
      names.add(
          column.schema() == null && tables.size() == 1
              ? tables.keySet().iterator().next()
              : String.valueOf(column.schema()));
    }
    rows.words("FROM").tokens(reader, from, to);
    return chosen(joins(from, to), changed(names, tables));
  }

  private RowQuery delete() {
    reader.expect("DELETE");
    Dml.skipModifiers(reader);
    var single = reader.take("FROM");
    var from = reader.index();
    var names = new ArrayList<String>();
    do {
      names.add(String.join(".", Dml.target(reader)));
    } while (reader.take(","));
    var joined = single ? reader.take("USING") : reader.take("FROM");
    var tables = joined ? reader.index() : from;
    reader.moveTo(tables);
    reader.skipTo(SINGLE);
    rows.words("FROM").tokens(reader, tables, reader.index());
    var known = Tables.byAlias(reader, tables, reader.index());
    return chosen(joined, joined ? changed(names, known) : changed(known.keySet(), known));
  }

  private boolean joins(int from, int to) {
    for (var at = from; at < to; at++) {
      var end = at;
      if (JOINS.stream().anyMatch(word -> reader.is(end, word))) {
        return true;
      }
    }
    return false;
  }

  /// By the names that the statement calls them, or by `database.table`.
  private static List<Changed> changed(Iterable<String> names, Map<String, ObjectName> tables) {
    var changed = new ArrayList<Changed>();
    for (var name : names) {
      var found = tables.get(name);
      if (found != null) {
        changed.add(new Changed(found, quoted(name)));
        continue;
      }
      var same = tables.values().stream().filter(t -> t.toString().equals(name)).findFirst();
      if (same.isEmpty() || same.get().schema() == null) {
        throw new NotLowered("a table that it does not name, " + name);
      }
      changed.add(
          new Changed(same.get(), quoted(same.get().schema()) + "." + quoted(same.get().name())));
    }
    if (changed.stream().map(Changed::table).distinct().count() < changed.size()) {
      throw new NotLowered("one table under two names");
    }
    return changed;
  }

  static String quoted(@Nullable String name) {
    return "`" + String.valueOf(name).replace("`", "``") + "`";
  }

  /// WHERE and LIMIT; the order does not change how many rows there are.
  private RowQuery chosen(boolean joined, List<Changed> changed) {
    if (reader.at("WHERE")) {
      var from = reader.index();
      reader.skipTo(Dml.AFTER_WHERE);
      rows.tokens(reader, from, reader.index());
    }
    reader.skipTo(LIMIT);
    if (!reader.take("LIMIT")) {
      return checked(null, joined, changed);
    }
    if (joined) {
      return new Refused("it has a LIMIT over joined tables");
    }
    var number = reader.text(reader.take());
    return number.matches("\\d{1,18}") && (reader.atEnd() || reader.at("RETURNING"))
        ? checked(Long.valueOf(number), false, changed)
        : new Refused("its LIMIT is not a plain number");
  }

  /// From behind INSERT or REPLACE on.
  private RowQuery insert() {
    Dml.skipModifiers(reader);
    reader.take("INTO");
    var table = reader.object();
    if (reader.take("PARTITION")) {
      reader.skipBrackets();
    }
    Dml.columnList(reader);
    var called = called(reader.index());
    return called != null ? called : query(table, reader.index());
  }

  private RowQuery query(ObjectName table, int begin) {
    var from = begin;
    var to = queryEnd(from);
    while (to - from > 2 && reader.is(from, "(") && closes(from, to)) {
      from++;
      to--;
    }
    reader.moveTo(from);
    if (from >= to || !(reader.atAny(BEGINNINGS) || reader.at("("))) {
      return new Refused("it has no query");
    }
    var bare = bareFrom(from, to);
    if (bare >= 0) {
      reader.moveTo(bare);
      reader.skipTo(Set.of("ORDER"));
      rows.tokens(reader, bare, Math.min(to, reader.index()));
    } else {
      rows.words("FROM", "(").tokens(reader, from, to).words(")", "AS", "plancheck_query");
    }
    return checked(null, false, List.of(new Changed(table, "")));
  }

  private int queryEnd(int from) {
    var depth = 0;
    for (var at = from; at < reader.size(); at++) {
      depth += reader.is(at, "(") ? 1 : reader.is(at, ")") ? -1 : 0;
      reader.moveTo(at);
      if (depth == 0 && (reader.at("ON", "DUPLICATE", "KEY") || reader.at("RETURNING"))) {
        return at;
      }
    }
    return reader.size();
  }

  /// Whether the bracket that opens at the one place closes at the end of the other.
  private boolean closes(int from, int to) {
    reader.moveTo(from);
    reader.skipBrackets();
    return reader.index() == to;
  }

  /// Where the FROM begins of a query whose rows are those of its FROM and WHERE; -1 of any other.
  private int bareFrom(int from, int to) {
    if (!reader.is(from, "SELECT")) {
      return -1;
    }
    for (var at = from; at < to; at++) {
      var word = at;
      if (FOLDING.stream().anyMatch(folding -> reader.is(word, folding))) {
        return -1;
      }
    }
    reader.moveTo(from);
    reader.skipTo(Set.of("FROM"));
    var found = reader.index();
    return found >= to || BuiltIns.aggregates(reader, from, found) ? -1 : found;
  }

  /// What is to be run is read once more, as a whole.
  private RowQuery checked(@Nullable Long limit, boolean joined, List<Changed> changed) {
    var before = with.toString().isEmpty() ? "" : with + " ";
    var asked = new Asked(before, rows.toString(), limit, joined, changed, List.of(), List.of());
    var whole = new TokenText();
    var again = MysqlDialect.reader(asked.select("1"), version);
    if (again.isEmpty()) {
      return new Refused("no query can be made of it");
    }
    var same = whole.all(with).words("SELECT", "1").all(rows).sameIn(again.get());
    var problem = same ? QueryGuard.problem(again.get()) : "its comments matter";
    return problem.isEmpty()
        ? new Asked(
            before,
            rows.toString(),
            limit,
            joined,
            changed,
            Tables.query(again.get(), 0, Set.of(), List.of()).tables(),
            QueryGuard.inner(again.get()))
        : new Refused(problem);
  }
}
