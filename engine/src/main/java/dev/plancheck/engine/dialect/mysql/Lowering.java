// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// From the tokens of a statement to a [Statement], by its first word.
final class Lowering {
  /// What no rule needs details of; only the first word, and for some the second, is told.
  private static final Set<String> ADMINISTRATION =
      Set.of(
          "SHOW",
          "HELP",
          "FLUSH",
          "KILL",
          "RESET",
          "SHUTDOWN",
          "INSTALL",
          "UNINSTALL",
          "CACHE",
          "CHANGE",
          "PURGE",
          "STOP",
          "CLONE",
          "RESTART",
          "DEALLOCATE",
          "SIGNAL",
          "RESIGNAL",
          "GET",
          "BINLOG",
          "DO",
          "HANDLER",
          "UNLOCK",
          "IMPORT");

  /// Settings that say how long or with how much memory, and not what.
  private static final Set<String> LIMITS =
      Set.of(
          "max_statement_time",
          "lock_wait_timeout",
          "innodb_lock_wait_timeout",
          "net_read_timeout",
          "net_write_timeout",
          "sort_buffer_size",
          "join_buffer_size",
          "tmp_table_size",
          "max_heap_table_size",
          "optimizer_switch",
          "long_query_time",
          "slow_query_log");

  private static final Set<String> TABLE_ADMINISTRATION =
      Set.of("ANALYZE", "CHECK", "CHECKSUM", "OPTIMIZE", "REPAIR");

  private Lowering() {}

  /// `lost` rows were cut from a list of VALUES.
  static Statement lower(Reader reader, int lost) {
    var first = reader.word();
    return switch (first) {
      case "SELECT", "WITH", "VALUES", "TABLE", "(" -> query(reader);
      case "INSERT", "REPLACE" -> {
        reader.take();
        yield Dml.insert(reader, first.equals("REPLACE"), lost);
      }
      case "CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE" -> definition(reader);
      case "UPDATE" -> {
        reader.take();
        yield Dml.update(reader);
      }
      case "DELETE" -> {
        reader.take();
        yield Dml.delete(reader);
      }
      case "LOAD" -> load(reader);
      case "EXPLAIN", "DESCRIBE", "DESC" -> Dml.explain(reader, part -> lower(part, 0));
      default -> session(reader);
    };
  }

  /// A common table expression may stand before UPDATE and DELETE.
  private static Statement query(Reader reader) {
    if (!reader.at("WITH")) {
      return Dml.select(reader);
    }
    reader.skipTo(Set.of("SELECT", "UPDATE", "DELETE", "TABLE", "VALUES"));
    if (reader.take("UPDATE")) {
      return Dml.update(reader);
    }
    return reader.take("DELETE") ? Dml.delete(reader) : Dml.select(reader);
  }

  private static Statement load(Reader reader) {
    return reader.at("LOAD", "DATA") || reader.at("LOAD", "XML")
        ? Dml.load(reader)
        : new Statement.Utility(reader.words(2), null, null);
  }

  private static Statement definition(Reader reader) {
    var verb = reader.word();
    reader.take();
    return switch (verb) {
      case "CREATE" -> Objects.create(reader);
      case "ALTER" -> Objects.alter(reader);
      case "DROP" -> Objects.drop(reader);
      case "RENAME" -> Objects.rename(reader);
      default -> {
        reader.take("TABLE");
        yield new Statement.Truncate(List.of(reader.object()), false, false);
      }
    };
  }

  private static Statement session(Reader reader) {
    var first = reader.word();
    reader.take();
    return switch (first) {
      case "BEGIN" -> begin(reader);
      case "START" ->
          reader.at("TRANSACTION")
              ? Sessions.transaction(reader, Transaction.Kind.BEGIN)
              : new Statement.Utility(reader.words(2), null, null);
      case "COMMIT" -> Sessions.transaction(reader, Transaction.Kind.COMMIT);
      case "ROLLBACK" -> Sessions.rollback(reader);
      case "SAVEPOINT" -> Sessions.savepoint(reader, Transaction.Kind.SAVEPOINT);
      case "RELEASE" -> {
        reader.expect("SAVEPOINT");
        yield Sessions.savepoint(reader, Transaction.Kind.RELEASE);
      }
      case "XA" -> new Transaction(Transaction.Kind.TWO_PHASE);
      case "SET" -> reader.take("STATEMENT") ? limited(reader) : Sessions.set(reader);
      case "USE" -> new Statement.Use(reader.name());
      default -> other(reader, first);
    };
  }

  /// SET STATEMENT ... FOR a statement: what lasts no longer than that, and changes nothing of what
  /// it does, may be left aside.
  private static Statement limited(Reader reader) {
    do {
      var name = reader.name().toLowerCase(Locale.ROOT);
      if (!LIMITS.contains(name)) {
        throw new NotLowered("SET STATEMENT %s ... FOR".formatted(name));
      }
      reader.expect("=");
      reader.skipTo(Set.of(",", "FOR"));
    } while (reader.take(","));
    reader.expect("FOR");
    return lower(reader.part(reader.index(), reader.size()), 0);
  }

  private static Statement begin(Reader reader) {
    if (!reader.atEnd() && !reader.at("WORK")) {
      throw new NotLowered("a block outside of a routine");
    }
    return new Transaction(Transaction.Kind.BEGIN);
  }

  private static Statement other(Reader reader, String first) {
    if (TABLE_ADMINISTRATION.contains(first)) {
      return new Statement.Utility(first + " TABLE", null, null);
    }
    if (ADMINISTRATION.contains(first)) {
      return new Statement.Utility(reader.words(first.equals("DO") ? 1 : 2), null, null);
    }
    return switch (first) {
      case "LOCK" -> lock(reader);
      case "GRANT", "REVOKE" -> new Statement.Utility(first, null, null);
      case "CALL" -> new Statement.Utility("CALL", ObjectKind.PROCEDURE, reader.object());
      case "PREPARE", "EXECUTE" ->
          new Statement.NotAnalysed("what a prepared statement does is not looked into");
      default -> throw new NotLowered(first);
    };
  }

  private static Statement lock(Reader reader) {
    if (!reader.take("TABLES") && !reader.take("TABLE")) {
      return new Statement.Utility(reader.words(2), null, null);
    }
    var tables = new ArrayList<ObjectName>();
    var mode = "READ";
    do {
      tables.add(reader.object());
      while (!reader.atEnd() && !reader.at(",")) {
        mode = reader.at("WRITE") ? "WRITE" : mode;
        reader.take();
      }
    } while (reader.take(","));
    return new Statement.LockTable(tables, mode);
  }
}
