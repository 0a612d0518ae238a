// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The actions of an ALTER TABLE on a table in use, for rules that look at one action at a time.
public record AlteredTable(Statement.AlterTable alter, @Nullable Table table) {
  /// The statement's, if it is an ALTER TABLE of a table that others may be using. `table` is null
  /// when nothing is known of it.
  public static Optional<AlteredTable> inUse(Statement statement, Schema schema) {
    return statement instanceof Statement.AlterTable alter && schema.isInUse(alter.table())
        ? Optional.of(
            new AlteredTable(
                alter, schema.table(alter.table()).filter(schema::isComplete).orElse(null)))
        : Optional.empty();
  }

  public ObjectName name() {
    return alter.table();
  }

  /// The column as it is before the statement, if the table is known and has it.
  public Optional<Column> column(String name) {
    return table == null ? Optional.empty() : table.column(name);
  }
}
