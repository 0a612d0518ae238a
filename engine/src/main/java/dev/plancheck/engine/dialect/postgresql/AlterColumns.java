// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Column_actionContext;

/// What ALTER TABLE ... ALTER COLUMN does.
final class AlterColumns {
  private AlterColumns() {}

  static TableAction action(Origin origin, String column, Column_actionContext action, Span span) {
    if (action.data_type() != null) {
      var collate = action.collate_identifier();
      return new TableAction.AlterColumnType(
          column,
          Types.of(origin, action.data_type()),
          collate == null ? null : Names.object(origin, collate.collation),
          Expressions.orNull(origin, action.vex()),
          span);
    }
    if (action.NULL() != null) {
      return action.set != null
          ? new TableAction.SetNotNull(column, span)
          : new TableAction.DropNotNull(column, span);
    }
    if (action.set_def_column() != null) {
      var value = Expressions.of(origin, action.set_def_column().vex());
      return new TableAction.SetDefault(column, value, span);
    }
    if (action.drop_def() != null) {
      return new TableAction.DropDefault(column, span);
    }
    return generated(origin, column, action, span);
  }

  private static TableAction generated(
      Origin origin, String column, Column_actionContext action, Span span) {
    if (action.identity_body() != null) {
      var always = action.identity_body().ALWAYS() != null;
      return new TableAction.AddIdentity(column, always, span);
    }
    if (action.IDENTITY() != null) {
      return new TableAction.DropIdentity(column, span);
    }
    if (action.EXPRESSION() != null) {
      return action.DROP() == null
          ? new TableAction.SetExpression(column, Expressions.of(origin, action.expression), span)
          : new TableAction.DropExpression(column, span);
    }
    return new TableAction.Other(otherName(action), span);
  }

  private static String otherName(Column_actionContext action) {
    if (action.set_statistics() != null) {
      return "SET STATISTICS";
    }
    if (action.STORAGE() != null) {
      return "SET STORAGE";
    }
    if (action.compression_identifier() != null) {
      return "SET COMPRESSION";
    }
    if (action.define_foreign_options() != null) {
      return "ALTER COLUMN OPTIONS";
    }
    if (!action.alter_identity().isEmpty()) {
      return "ALTER IDENTITY";
    }
    if (action.storage_parameters() != null) {
      return "SET COLUMN OPTIONS";
    }
    if (action.names_in_parens() != null) {
      return "RESET COLUMN OPTIONS";
    }
    throw new NotLowered("ALTER COLUMN ... " + Words.of(action));
  }
}
