// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_partitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_in_parensContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Storage_parametersContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_actionContext;

/// ALTER TABLE; what it does to a column is in [AlterColumns].
final class AlterTables {
  private AlterTables() {}

  static Statement alter(Origin origin, Alter_table_statementContext table) {
    if (table.distributed_clause() != null
        || table.alter_partition_gp() != null
        || table.EXTERNAL() != null) {
      throw new NotLowered("Greenplum's form of ALTER TABLE");
    }
    return new Statement.AlterTable(
        table.FOREIGN() == null ? ObjectKind.TABLE : ObjectKind.FOREIGN_TABLE,
        Names.object(origin, table.name),
        table.if_exists() != null,
        table.ONLY() != null,
        actions(origin, table));
  }

  private static List<TableAction> actions(Origin origin, Alter_table_statementContext table) {
    if (!table.table_action().isEmpty()) {
      return table.table_action().stream().map(action -> action(origin, action)).toList();
    }
    if (table.alter_partition() != null) {
      return List.of(partition(origin, table.alter_partition()));
    }
    if (table.rename_to() != null) {
      var name = Names.of(origin, table.rename_to().name);
      return List.of(new TableAction.RenameTo(name, origin.span(table.rename_to())));
    }
    if (table.set_schema() != null) {
      var schema = Names.of(origin, table.set_schema().identifier());
      return List.of(new TableAction.SetSchema(schema, origin.span(table.set_schema())));
    }
    var names = Names.all(origin, table.identifier());
    var span = new Span(origin.start(table.RENAME().getSymbol()), origin.end(table.getStop()));
    return List.of(
        table.CONSTRAINT() == null
            ? new TableAction.RenameColumn(names.get(0), names.get(1), span)
            : new TableAction.RenameConstraint(names.get(0), names.get(1), span));
  }

  private static TableAction partition(Origin origin, Alter_partitionContext partition) {
    var span = origin.span(partition);
    var attached = partition.partition_table_value();
    if (attached != null) {
      var name = Names.object(origin, attached.schema_qualified_name());
      var isDefault = attached.for_values_bound().DEFAULT() != null;
      return new TableAction.AttachPartition(name, isDefault, span);
    }
    var name = Names.object(origin, partition.child);
    return partition.FINALIZE() == null
        ? new TableAction.DetachPartition(name, partition.CONCURRENTLY() != null, span)
        : new TableAction.Other("DETACH PARTITION FINALIZE", span);
  }

  private static TableAction action(Origin origin, Table_actionContext action) {
    var span = origin.span(action);
    if (action.column_action() != null) {
      var column = Names.of(origin, action.column);
      return AlterColumns.action(origin, column, action.column_action(), span);
    }
    if (action.table_column_definition() != null) {
      var definition = Constraints.column(origin, action.table_column_definition());
      return new TableAction.AddColumn(definition, action.if_not_exists() != null, span);
    }
    if (action.DROP() != null && action.column != null) {
      return new TableAction.DropColumn(
          Names.of(origin, action.column),
          action.if_exists() != null,
          cascades(action.cascade_restrict()),
          span);
    }
    return constraintAction(origin, action, span);
  }

  static boolean cascades(@Nullable Cascade_restrictContext behavior) {
    return behavior != null && behavior.CASCADE() != null;
  }

  private static TableAction constraintAction(
      Origin origin, Table_actionContext action, Span span) {
    if (action.tabl_constraint != null) {
      var constraint = Constraints.ofTable(origin, action.tabl_constraint);
      return new TableAction.AddConstraint(constraint, span);
    }
    if (action.drop_constraint() != null) {
      var drop = action.drop_constraint();
      return new TableAction.DropConstraint(
          Names.of(origin, drop.constraint_name),
          drop.if_exists() != null,
          cascades(drop.cascade_restrict()),
          span);
    }
    if (action.validate_constraint() != null) {
      var name = Names.last(origin, action.validate_constraint().constraint_name);
      return new TableAction.ValidateConstraint(name, span);
    }
    if (action.ALTER() != null && action.CONSTRAINT() != null) {
      var name = Names.of(origin, action.identifier());
      return new TableAction.AlterConstraint(name, enforces(action), span);
    }
    return propertyAction(origin, action, span);
  }

  /// The word is not the grammar's own, see [DefinitionRespelling].
  private static boolean enforces(Table_actionContext action) {
    var deferrable = action.table_deferrable();
    return deferrable != null
        && deferrable.NOT() == null
        && deferrable.DEFERRABLE().getText().equalsIgnoreCase("enforced");
  }

  private static TableAction propertyAction(Origin origin, Table_actionContext action, Span span) {
    if (action.set_logged() != null) {
      return new TableAction.SetLogged(action.set_logged().LOGGED() != null, span);
    }
    if (action.set_tablespace() != null) {
      var name = Names.of(origin, action.set_tablespace().identifier());
      return new TableAction.SetTablespace(name, span);
    }
    if (action.METHOD() != null) {
      var method = action.access_method_name;
      return new TableAction.SetAccessMethod(
          method == null ? "default" : Names.of(origin, method), span);
    }
    if (action.owner_to() != null) {
      return new TableAction.OwnerTo(Names.of(origin, action.owner_to().user_name()), span);
    }
    if (action.parent_table != null) {
      var parent = Names.object(origin, action.parent_table);
      return new TableAction.Inherit(parent, action.inherit_option().NO() == null, span);
    }
    if (action.storage_parameters() != null) {
      return new TableAction.SetOptions(options(origin, action.storage_parameters()), span);
    }
    if (action.names_in_parens() != null) {
      return new TableAction.SetOptions(options(origin, action.names_in_parens()), span);
    }
    if (action.TRIGGER() != null) {
      return trigger(origin, action, span);
    }
    return new TableAction.Other(otherName(action), span);
  }

  private static TableAction trigger(Origin origin, Table_actionContext action, Span span) {
    String name;
    if (action.trigger_name != null) {
      name = Names.last(origin, action.trigger_name);
    } else {
      name = action.USER() == null ? "all" : "user";
    }
    return new TableAction.SetTrigger(name, action.DISABLE() == null, span);
  }

  private static String otherName(Table_actionContext action) {
    if (action.RULE() != null) {
      return action.DISABLE() == null ? "ENABLE RULE" : "DISABLE RULE";
    }
    if (action.SECURITY() != null) {
      return Words.of(action);
    }
    if (action.REPLICA() != null) {
      return "REPLICA IDENTITY";
    }
    if (action.CLUSTER() != null) {
      return action.SET() == null ? "CLUSTER ON" : "SET WITHOUT CLUSTER";
    }
    if (action.define_foreign_options() != null) {
      return "OPTIONS";
    }
    if (action.OF() != null) {
      return action.NOT() == null ? "OF" : "NOT OF";
    }
    if (action.OIDS() != null) {
      return Words.of(action);
    }
    throw new NotLowered("ALTER TABLE ... " + Words.of(action));
  }

  static List<String> options(Origin origin, Storage_parametersContext parameters) {
    return parameters.storage_parameter_option().stream()
        .map(option -> Names.lower(origin.text(option.storage_parameter_name())))
        .toList();
  }

  static List<String> options(Origin origin, Names_in_parensContext names) {
    return names.names_references().schema_qualified_name().stream()
        .map(name -> Names.lower(origin.text(name)))
        .toList();
  }
}
