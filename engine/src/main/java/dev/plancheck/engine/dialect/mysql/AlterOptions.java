// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What ALTER TABLE changes of a table as a whole: its options and partitions, and how the change
/// is to be made.
final class AlterOptions {
  private static final Set<String> COMMA = Set.of(",");

  /// What does something with partitions, besides ADD and DROP.
  private static final Set<String> PARTITION =
      Set.of(
          "REBUILD",
          "OPTIMIZE",
          "ANALYZE",
          "CHECK",
          "REPAIR",
          "COALESCE",
          "TRUNCATE",
          "REORGANIZE",
          "EXCHANGE",
          "DISCARD",
          "IMPORT",
          "ADD",
          "DROP",
          "CONVERT");

  private static final Set<String> SINGLE =
      Set.of(
          "FORCE",
          "ENABLE",
          "DISABLE",
          "DISCARD",
          "IMPORT",
          "WITH",
          "WITHOUT",
          "ORDER",
          "SECONDARY_LOAD",
          "SECONDARY_UNLOAD",
          "ADD",
          "DROP");

  private AlterOptions() {}

  /// Partition clauses follow without a comma.
  static boolean partitions(Reader reader) {
    return reader.at("PARTITION", "BY")
        || reader.at("REMOVE", "PARTITIONING")
        || reader.at("UPGRADE", "PARTITIONING");
  }

  static List<TableAction> of(Reader reader) {
    var from = reader.index();
    if (reader.take("ALGORITHM")) {
      return execution(reader, "ALGORITHM", from);
    }
    if (reader.take("LOCK")) {
      return execution(reader, "LOCK", from);
    }
    if (partitions(reader)) {
      var remove = reader.at("REMOVE");
      reader.moveTo(reader.size());
      var action = remove ? "REMOVE PARTITIONING" : "PARTITION BY";
      return List.of(new TableAction.AlterPartition(action, List.of(), null, reader.since(from)));
    }
    if (reader.atAny(PARTITION) && nextIsPartition(reader, from)) {
      return List.of(partition(reader, from));
    }
    if (reader.take("CONVERT", "TO")) {
      return convert(reader, from);
    }
    if (reader.take("CONVERT", "TABLE")) {
      return List.of(convertedTable(reader, from));
    }
    if (reader.atAny(SINGLE)) {
      var words = reader.part(from, reader.size()).words(2);
      reader.skipTo(COMMA);
      return List.of(new TableAction.Other(words, reader.since(from)));
    }
    return options(reader);
  }

  private static boolean nextIsPartition(Reader reader, int at) {
    return at + 1 < reader.size() && reader.is(at + 1, "PARTITION");
  }

  private static List<TableAction> execution(Reader reader, String clause, int from) {
    reader.take("=");
    var value = reader.name().toUpperCase(Locale.ROOT);
    return List.of(new TableAction.Execution(clause, value, reader.since(from)));
  }

  /// `action` names what becomes of which partitions; ALL stands for itself. ADD PARTITION
  /// PARTITIONS 4 does not name them, and moves rows.
  private static TableAction partition(Reader reader, int from) {
    var action = reader.word() + " PARTITION";
    reader.take();
    reader.take();
    reader.ifExists();
    reader.ifNotExists();
    if (!reader.take("NO_WRITE_TO_BINLOG")) {
      reader.take("LOCAL");
    }
    if (reader.at("PARTITIONS")) {
      action = "ADD PARTITIONS";
    }
    var names = names(reader, action);
    ObjectName other = null;
    while (!reader.atEnd() && !reader.at(",")) {
      if (reader.take("WITH", "TABLE") || reader.take("TO", "TABLE")) {
        other = reader.object();
      } else if (reader.at("(")) {
        reader.skipBrackets();
      } else {
        reader.take();
      }
    }
    return new TableAction.AlterPartition(action, names, other, reader.since(from));
  }

  /// Only what is dropped, emptied, exchanged ... has a name; ADD and COALESCE count.
  private static List<String> names(Reader reader, String action) {
    var names = new ArrayList<String>();
    if (action.startsWith("ADD") || action.startsWith("COALESCE") || reader.atEnd()) {
      return names;
    }
    do {
      names.add(reader.folded());
    } while (reader.take(","));
    return names;
  }

  /// The rows of another table become those of a new partition.
  private static TableAction convertedTable(Reader reader, int from) {
    var table = reader.object();
    reader.expect("TO", "PARTITION");
    var partition = reader.folded();
    reader.skipTo(COMMA);
    return new TableAction.AlterPartition(
        "CONVERT TABLE", List.of(partition), table, reader.since(from));
  }

  private static List<TableAction> convert(Reader reader, int from) {
    if (!reader.take("CHARACTER", "SET") && !reader.take("CHAR", "SET")) {
      reader.expect("CHARSET");
    }
    var charset = reader.folded();
    var collation = reader.index();
    if (!reader.take("COLLATE")) {
      return List.of(
          new TableAction.SetTableOption("convert to character set", charset, reader.since(from)));
    }
    reader.take("=");
    var name = reader.folded();
    var span = reader.since(from);
    return List.of(
        new TableAction.SetTableOption("convert to character set", charset, span),
        new TableAction.SetTableOption("convert to collate", name, reader.since(collation)));
  }

  /// Options stand one behind the other, with or without commas.
  private static List<TableAction> options(Reader reader) {
    var actions = new ArrayList<TableAction>();
    while (!reader.atEnd() && !reader.at(",") && !partitions(reader)) {
      var from = reader.index();
      reader.take("DEFAULT");
      var name = optionName(reader);
      reader.take("=");
      var value = value(reader);
      actions.add(new TableAction.SetTableOption(name, value, reader.since(from)));
    }
    if (actions.isEmpty()) {
      throw new NotLowered("an ALTER TABLE without an action");
    }
    return actions;
  }

  static String optionName(Reader reader) {
    if (reader.take("CHARACTER", "SET") || reader.take("CHAR", "SET") || reader.take("CHARSET")) {
      return "character set";
    }
    if (reader.take("DATA", "DIRECTORY")) {
      return "data directory";
    }
    return reader.take("INDEX", "DIRECTORY") ? "index directory" : reader.folded();
  }

  static String value(Reader reader) {
    if (!reader.at("(")) {
      return reader.name();
    }
    var from = reader.index();
    reader.skipBrackets();
    return reader.text(reader.since(from));
  }
}
