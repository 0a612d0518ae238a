// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.online.OnlineDdl;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.review.Session;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.List;
import java.util.Optional;

/// What MySQL or MariaDB does for a statement that alters a table in use.
record Altering(ObjectName table, SizeBand size, List<TableAction> actions, OnlineDdl online) {
  static Optional<Altering> inUse(ScriptStatement statement, Schema schema, Session session) {
    return of(statement, schema, session).filter(altering -> schema.isInUse(altering.table()));
  }

  /// Empty for what does not alter a table.
  static Optional<Altering> of(ScriptStatement statement, Schema schema, Session session) {
    return switch (statement.statement()) {
      case Statement.AlterTable alter ->
          of(statement, schema, session, alter.table(), alter.actions());
      case Statement.CreateIndex create ->
          of(statement, schema, session, create.table(), List.of());
      case Statement _ -> Optional.empty();
    };
  }

  private static Optional<Altering> of(
      ScriptStatement statement,
      Schema schema,
      Session session,
      ObjectName table,
      List<TableAction> actions) {
    var size = schema.table(table).map(Table::size).orElse(SizeBand.UNKNOWN);
    return OnlineDdl.of(statement, schema.withSettings(session.settings()))
        .map(online -> new Altering(table, size, actions, online));
  }

  /// What the whole statement comes to; empty where that is not known, or the server refuses it.
  Optional<Work> work() {
    return online instanceof OnlineDdl.Known(var work, _, _, var refused) && refused == null
        ? Optional.of(work)
        : Optional.empty();
  }

  /// The first clause that names an algorithm or a lock.
  Optional<TableAction.Execution> clause() {
    return actions.stream()
        .filter(TableAction.Execution.class::isInstance)
        .map(TableAction.Execution.class::cast)
        .findFirst();
  }

  boolean isSmall() {
    return size == SizeBand.SMALL || size == SizeBand.EMPTY;
  }
}
