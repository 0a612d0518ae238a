// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// ALTER TABLE: columns, keys and names here, partitions and options of the table in
/// [AlterOptions].
final class AlterTables {
  private static final Set<String> COMMA = Set.of(",");

  private final Reader reader;
  private final List<TableAction> actions = new ArrayList<>();

  private AlterTables(Reader reader) {
    this.reader = reader;
  }

  /// From behind TABLE on.
  static Statement alter(Reader reader) {
    var ifExists = reader.ifExists();
    var table = reader.object();
    skipWait(reader);
    var alter = new AlterTables(reader);
    alter.items();
    return new Statement.AlterTable(ObjectKind.TABLE, table, ifExists, false, alter.actions);
  }

  /// How long to wait for the lock, in MariaDB.
  static void skipWait(Reader reader) {
    if (reader.take("WAIT")) {
      reader.take();
    }
    reader.take("NOWAIT");
  }

  private void items() {
    while (!reader.atEnd()) {
      item(reader.index());
      if (!reader.take(",") && !reader.atEnd() && !AlterOptions.partitions(reader)) {
        throw new NotLowered("ALTER TABLE ... " + reader.word());
      }
    }
  }

  private void item(int from) {
    if (reader.take("ADD")) {
      add(from);
    } else if (reader.take("DROP")) {
      drop(from);
    } else if (reader.take("MODIFY")) {
      reader.take("COLUMN");
      reader.ifExists();
      var column = Columns.named(reader);
      actions.add(new TableAction.RedefineColumn(column.name(), column, reader.since(from)));
    } else if (reader.take("CHANGE")) {
      reader.take("COLUMN");
      reader.ifExists();
      var old = reader.folded();
      actions.add(new TableAction.RedefineColumn(old, Columns.named(reader), reader.since(from)));
    } else if (reader.take("ALTER")) {
      change(from);
    } else if (reader.take("RENAME")) {
      rename(from);
    } else {
      actions.addAll(AlterOptions.of(reader));
    }
  }

  private void add(int from) {
    if (reader.at("PARTITION") || reader.at("SYSTEM") || reader.at("PERIOD")) {
      reader.moveTo(from);
      actions.addAll(AlterOptions.of(reader));
      return;
    }
    if (Keys.begins(reader)) {
      var constraint = Keys.of(reader);
      actions.add(new TableAction.AddConstraint(constraint, reader.since(from)));
      return;
    }
    reader.take("COLUMN");
    var ifNotExists = reader.ifNotExists();
    if (reader.take("(")) {
      addMany(ifNotExists);
      return;
    }
    var column = Columns.named(reader);
    actions.add(new TableAction.AddColumn(column, ifNotExists, reader.since(from)));
  }

  private void addMany(boolean ifNotExists) {
    do {
      if (Keys.begins(reader)) {
        var constraint = Keys.of(reader);
        actions.add(new TableAction.AddConstraint(constraint, constraint.span()));
      } else {
        var column = Columns.named(reader);
        actions.add(new TableAction.AddColumn(column, ifNotExists, column.span()));
      }
    } while (reader.take(","));
    reader.expect(")");
  }

  private void drop(int from) {
    if (reader.at("PARTITION") || reader.at("SYSTEM") || reader.at("PERIOD")) {
      reader.moveTo(from);
      actions.addAll(AlterOptions.of(reader));
    } else if (reader.take("PRIMARY", "KEY")) {
      actions.add(new TableAction.DropIndex(Keys.PRIMARY, false, reader.since(from)));
    } else if (reader.take("INDEX") || reader.take("KEY")) {
      var ifExists = reader.ifExists();
      actions.add(new TableAction.DropIndex(reader.folded(), ifExists, reader.since(from)));
    } else if (reader.take("FOREIGN", "KEY") || reader.take("CONSTRAINT") || reader.take("CHECK")) {
      var ifExists = reader.ifExists();
      var name = reader.folded();
      actions.add(new TableAction.DropConstraint(name, ifExists, false, reader.since(from)));
    } else {
      reader.take("COLUMN");
      var ifExists = reader.ifExists();
      var column = reader.folded();
      if (!reader.take("RESTRICT")) {
        reader.take("CASCADE");
      }
      actions.add(new TableAction.DropColumn(column, ifExists, false, reader.since(from)));
    }
  }

  private void change(int from) {
    if (reader.at("INDEX") || reader.at("KEY") || reader.at("CONSTRAINT") || reader.at("CHECK")) {
      reader.skipTo(COMMA);
      actions.add(new TableAction.Other(words(from), reader.since(from)));
      return;
    }
    reader.take("COLUMN");
    reader.ifExists();
    var column = reader.folded();
    if (reader.take("DROP", "DEFAULT")) {
      actions.add(new TableAction.DropDefault(column, reader.since(from)));
    } else if (reader.take("SET", "DEFAULT")) {
      var expression = Columns.defaultExpression(reader);
      actions.add(new TableAction.SetDefault(column, expression, reader.since(from)));
    } else {
      reader.skipTo(COMMA);
      actions.add(new TableAction.Other("ALTER COLUMN SET VISIBILITY", reader.since(from)));
    }
  }

  private String words(int from) {
    return reader.part(from, reader.size()).words(2);
  }

  private void rename(int from) {
    if (reader.take("COLUMN")) {
      reader.ifExists();
      var old = reader.folded();
      reader.expect("TO");
      actions.add(new TableAction.RenameColumn(old, reader.folded(), reader.since(from)));
    } else if (reader.take("INDEX") || reader.take("KEY")) {
      reader.ifExists();
      var old = reader.folded();
      reader.expect("TO");
      actions.add(new TableAction.RenameIndex(old, reader.folded(), reader.since(from)));
    } else {
      if (!reader.take("TO") && !reader.take("AS")) {
        reader.take("=");
      }
      renameTo(reader.object(), from);
    }
  }

  /// A table can move to another database with its new name.
  private void renameTo(ObjectName name, int from) {
    if (name.schema() != null) {
      actions.add(new TableAction.SetSchema(name.schema(), reader.since(from)));
    }
    actions.add(new TableAction.RenameTo(name.name(), reader.since(from)));
  }
}
