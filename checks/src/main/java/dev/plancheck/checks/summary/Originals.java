// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.HashMap;
import java.util.Map;

/// What the tables that a script renames or moves are called on the target.
final class Originals {
  private final Map<ObjectName, ObjectName> originals = new HashMap<>();

  /// The name before the script of the table that now has the schema-qualified `name`.
  ObjectName of(ObjectName name) {
    return originals.getOrDefault(name, name);
  }

  /// Follows a statement that is about to run on `before`.
  void follow(Statement statement, Schema before) {
    if (statement instanceof Statement.AlterTable alter && alter.kind() == ObjectKind.TABLE) {
      var now = qualified(before, alter.table());
      for (var action : alter.actions()) {
        var then =
            switch (action) {
              case TableAction.RenameTo(var name, _) -> now.withName(name);
              case TableAction.SetSchema(var schema, _) -> now.inSchema(schema);
              case TableAction _ -> now;
            };
        moved(now, then);
        now = then;
      }
    } else if (statement instanceof Statement.RenameTables(var tables)) {
      for (var table : tables) {
        moved(qualified(before, table.from()), before.qualify(table.to()));
      }
    } else if (statement instanceof Statement.CreateTable create) {
      originals.remove(before.qualify(create.table()));
    }
  }

  /// By the search path if it exists, else where it would be created.
  static ObjectName qualified(Schema schema, ObjectName name) {
    return schema.table(name).map(table -> table.name()).orElseGet(() -> schema.qualify(name));
  }

  private void moved(ObjectName from, ObjectName to) {
    if (!from.equals(to)) {
      originals.put(to, of(from));
      originals.remove(from);
    }
  }
}
