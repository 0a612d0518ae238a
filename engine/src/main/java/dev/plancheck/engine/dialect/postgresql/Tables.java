// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_as_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_columnsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Like_optionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.List_of_type_column_defContext;

/// CREATE TABLE in all its forms.
final class Tables {
  /// What INCLUDING ALL means (PostgreSQL manual, CREATE TABLE).
  private static final Set<String> LIKE_OPTIONS =
      Set.of(
          "COMMENTS",
          "COMPRESSION",
          "CONSTRAINTS",
          "DEFAULTS",
          "GENERATED",
          "IDENTITY",
          "INDEXES",
          "STATISTICS",
          "STORAGE");

  private final Origin origin;
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<TableConstraint> constraints = new ArrayList<>();
  private final List<Statement.Like> like = new ArrayList<>();
  private List<ObjectName> inherits = List.of();

  private Tables(Origin origin) {
    this.origin = origin;
  }

  static Statement create(Origin origin, Create_table_statementContext table) {
    if (table.distributed_clause() != null || table.partition_gp() != null) {
      throw new NotLowered("Greenplum's form of CREATE TABLE");
    }
    return new Tables(origin).createTable(table);
  }

  static Statement createAs(Origin origin, Create_table_as_statementContext table) {
    if (table.select_stmt() == null) {
      throw new NotLowered("CREATE TABLE AS EXECUTE");
    }
    return new Statement.CreateTableAs(
        Names.object(origin, table.name),
        table.if_not_exists() != null,
        persistence(table.TEMPORARY() != null || table.TEMP() != null, table.UNLOGGED() != null),
        table.NO() == null,
        References.of(origin, table.select_stmt()).query());
  }

  static Persistence persistence(boolean temporary, boolean unlogged) {
    if (temporary) {
      return Persistence.TEMPORARY;
    }
    return unlogged ? Persistence.UNLOGGED : Persistence.PERMANENT;
  }

  private Statement createTable(Create_table_statementContext table) {
    var definition = table.define_table();
    var partition = definition.define_partition();
    if (definition.define_columns() != null) {
      columns(definition.define_columns());
    } else if (partition != null) {
      refinements(partition.list_of_type_column_def());
    } else {
      refinements(definition.define_type().list_of_type_column_def());
    }
    return new Statement.CreateTable(
        Names.object(origin, table.name),
        table.if_not_exists() != null,
        persistence(table.TEMPORARY() != null || table.TEMP() != null, table.UNLOGGED() != null),
        columns,
        constraints,
        inherits,
        like,
        partition == null ? null : Names.object(origin, partition.parent_table),
        table.partition_by() != null);
  }

  private void columns(Define_columnsContext definition) {
    for (var element : definition.table_column_def()) {
      if (element.table_column_definition() != null) {
        columns.add(Constraints.column(origin, element.table_column_definition()));
      } else if (element.LIKE() != null) {
        var copied = Names.object(origin, element.schema_qualified_name());
        like.add(new Statement.Like(copied, including(element.like_option())));
      } else {
        constraints.add(Constraints.ofTable(origin, element.tabl_constraint));
      }
    }
    if (definition.names_in_parens() != null) {
      var parents = definition.names_in_parens().names_references().schema_qualified_name();
      inherits = Names.objects(origin, parents);
    }
  }

  /// In order of their writing, the last word on each counts.
  private static List<String> including(List<Like_optionContext> options) {
    var included = new TreeSet<String>();
    for (var option : options) {
      var word = option.getChild(1).getText().toUpperCase(Locale.ROOT);
      var words = word.equals("ALL") ? LIKE_OPTIONS : Set.of(word);
      if (option.INCLUDING() != null) {
        included.addAll(words);
      } else {
        included.removeAll(words);
      }
    }
    return List.copyOf(included);
  }

  /// What OF type and PARTITION OF add to columns that they do not define.
  private void refinements(@Nullable List_of_type_column_defContext list) {
    if (list == null) {
      return;
    }
    for (var element : list.table_of_type_column_def()) {
      if (element.tabl_constraint != null) {
        constraints.add(Constraints.ofTable(origin, element.tabl_constraint));
      } else {
        var refined =
            element.constraint_common().stream()
                .map(constraint -> Constraints.ofColumn(origin, constraint))
                .toList();
        var column = Names.of(origin, element.identifier());
        constraints.addAll(Constraints.asTableConstraints(column, refined));
      }
    }
  }
}
