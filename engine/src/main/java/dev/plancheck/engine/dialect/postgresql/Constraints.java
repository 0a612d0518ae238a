// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_with_periodContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_without_overlapsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;

/// Column definitions, and constraints of columns and tables.
final class Constraints {
  private Constraints() {}

  static ColumnDefinition column(Origin origin, Table_column_definitionContext definition) {
    var collate = definition.collate_identifier();
    return new ColumnDefinition(
        Names.of(origin, definition.identifier()),
        Types.of(origin, definition.data_type()),
        collate == null ? null : Names.object(origin, collate.collation),
        definition.constraint_common().stream().map(c -> ofColumn(origin, c)).toList(),
        origin.span(definition));
  }

  static ColumnConstraint ofColumn(Origin origin, Constraint_commonContext constraint) {
    var name = name(origin, constraint);
    var body = constraint.constr_body();
    var span = origin.span(constraint);
    if (body.DEFAULT() != null) {
      return new ColumnConstraint.Default(name, Expressions.of(origin, body.default_expr), span);
    }
    if (body.CHECK() != null) {
      var condition = Expressions.of(origin, body.expression);
      return new ColumnConstraint.Check(name, condition, isNotValid(constraint), span);
    }
    if (body.PRIMARY() != null) {
      return new ColumnConstraint.PrimaryKey(name, span);
    }
    if (body.UNIQUE() != null) {
      return new ColumnConstraint.Unique(name, span);
    }
    if (body.identity_body() != null) {
      var always = body.identity_body().ALWAYS() != null;
      return new ColumnConstraint.Identity(name, always, span);
    }
    if (body.GENERATED() != null) {
      var expression = Expressions.of(origin, body.vex());
      return new ColumnConstraint.Generated(name, expression, body.STORED() != null, span);
    }
    if (body.NULL() != null) {
      return body.NOT() == null
          ? new ColumnConstraint.Null(name, span)
          : new ColumnConstraint.NotNull(name, span);
    }
    if (body.REFERENCES() != null && body.FOREIGN() == null) {
      var table = Names.object(origin, body.schema_qualified_name());
      return new ColumnConstraint.References(
          name, table, columns(origin, body.ref_period), isNotValid(constraint), span);
    }
    throw new NotLowered("the column constraint " + origin.text(constraint));
  }

  static TableConstraint ofTable(Origin origin, Constraint_commonContext constraint) {
    var name = name(origin, constraint);
    var body = constraint.constr_body();
    var span = origin.span(constraint);
    if (body.CHECK() != null) {
      var condition = Expressions.of(origin, body.expression);
      return new TableConstraint.Check(name, condition, isNotValid(constraint), span);
    }
    if (body.PRIMARY() != null) {
      var columns = columns(origin, body.col_overlaps);
      return new TableConstraint.PrimaryKey(name, columns, usingIndex(origin, body), span);
    }
    if (body.UNIQUE() != null) {
      var columns = columns(origin, body.col_overlaps);
      return new TableConstraint.Unique(name, columns, usingIndex(origin, body), span);
    }
    if (body.FOREIGN() != null) {
      return new TableConstraint.ForeignKey(
          name,
          columns(origin, body.col_period),
          Names.object(origin, body.schema_qualified_name()),
          columns(origin, body.ref_period),
          isNotValid(constraint),
          span);
    }
    if (body.EXCLUDE() != null) {
      return new TableConstraint.Exclude(name, span);
    }
    if (body.NOT() != null && body.col_name != null) {
      var column = Names.last(origin, body.col_name);
      return new TableConstraint.NotNull(name, column, isNotValid(constraint), span);
    }
    throw new NotLowered("the table constraint " + origin.text(constraint));
  }

  /// Column constraints of a table whose columns are defined elsewhere (OF type, PARTITION OF), as
  /// constraints of the table. Defaults have no such form and are left out.
  static List<TableConstraint> asTableConstraints(
      String column, List<ColumnConstraint> constraints) {
    var result = new ArrayList<TableConstraint>();
    for (var constraint : constraints) {
      var converted = asTableConstraint(column, constraint);
      if (converted != null) {
        result.add(converted);
      }
    }
    return result;
  }

  private static @Nullable TableConstraint asTableConstraint(
      String column, ColumnConstraint constraint) {
    return switch (constraint) {
      case ColumnConstraint.NotNull(var name, var span) ->
          new TableConstraint.NotNull(name, column, false, span);
      case ColumnConstraint.Check(var name, var condition, var notValid, var span) ->
          new TableConstraint.Check(name, condition, notValid, span);
      case ColumnConstraint.Unique(var name, var span) ->
          new TableConstraint.Unique(name, List.of(column), null, span);
      case ColumnConstraint.PrimaryKey(var name, var span) ->
          new TableConstraint.PrimaryKey(name, List.of(column), null, span);
      case ColumnConstraint.References(var name, var table, var columns, var notValid, var span) ->
          new TableConstraint.ForeignKey(name, List.of(column), table, columns, notValid, span);
      case ColumnConstraint.Null _,
          ColumnConstraint.Default _,
          ColumnConstraint.Generated _,
          ColumnConstraint.Identity _,
          ColumnConstraint.Attribute _ ->
          null;
    };
  }

  private static @Nullable String name(Origin origin, Constraint_commonContext constraint) {
    return constraint.identifier() == null ? null : Names.of(origin, constraint.identifier());
  }

  /// What is NOT ENFORCED (PostgreSQL 18) is not checked either, and stays NOT VALID.
  private static boolean isNotValid(Constraint_commonContext constraint) {
    var enforced = constraint.table_enforced();
    return constraint.VALID() != null || (enforced != null && enforced.NOT() != null);
  }

  private static @Nullable String usingIndex(Origin origin, Constr_bodyContext body) {
    var index = body.index_parameters().schema_qualified_name();
    return index == null ? null : Names.last(origin, index);
  }

  private static List<String> columns(
      Origin origin, @Nullable Names_without_overlapsContext names) {
    if (names == null) {
      return List.of();
    }
    var columns = new ArrayList<>(Names.lasts(origin, names.schema_qualified_name()));
    var period = names.name_without_overlaps();
    if (period != null) {
      columns.add(Names.last(origin, period.schema_qualified_name()));
    }
    return columns;
  }

  private static List<String> columns(Origin origin, @Nullable Names_with_periodContext names) {
    if (names == null) {
      return List.of();
    }
    var columns = new ArrayList<>(Names.lasts(origin, names.schema_qualified_name()));
    var period = names.name_with_period();
    if (period != null) {
      columns.add(Names.last(origin, period.schema_qualified_name()));
    }
    return columns;
  }
}
