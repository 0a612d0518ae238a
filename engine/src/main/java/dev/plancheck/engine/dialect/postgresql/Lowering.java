// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_database_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_default_privileges_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_group_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_materialized_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_owner_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_as_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_external_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_trigger_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/// From a statement's tree to a [Statement]: picks who lowers it.
final class Lowering {
  /// What ALTER changes as it does a table.
  private static final Set<ObjectKind> RELATIONS =
      Set.of(ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW, ObjectKind.SEQUENCE);

  private Lowering() {}

  static Statement lower(Origin origin, StatementContext statement) {
    if (statement.data_statement() != null) {
      return Dml.data(origin, statement.data_statement());
    }
    if (statement.schema_statement() != null) {
      return schema(origin, statement.schema_statement());
    }
    var script = statement.script_statement();
    return script.script_transaction() != null
        ? Sessions.transaction(origin, script.script_transaction())
        : Maintenance.lower(origin, script.script_additional());
  }

  private static Statement schema(Origin origin, Schema_statementContext statement) {
    if (statement.schema_create() != null) {
      return create(origin, statement.schema_create());
    }
    return statement.schema_alter() != null
        ? alter(origin, statement.schema_alter())
        : Drops.drop(origin, statement.schema_drop());
  }

  /// The grammar counts as CREATE what fits nowhere else: GRANT, COMMENT, SET.
  private static Statement create(Origin origin, Schema_createContext create) {
    if (create.comment_on_statement() != null) {
      return Grants.comment(origin, create.comment_on_statement());
    }
    if (create.rule_common() != null) {
      return Grants.grant(origin, create.rule_common());
    }
    if (create.security_label() != null) {
      return Grants.label(origin, create.security_label());
    }
    if (create.set_statement() != null) {
      return Sessions.set(origin, create.set_statement().set_action());
    }
    if (create.schema_import() != null) {
      return new Statement.Utility("IMPORT FOREIGN SCHEMA", null, null);
    }
    return created(origin, create.getRuleContext(ParserRuleContext.class, 0));
  }

  private static Statement created(Origin origin, ParserRuleContext create) {
    return switch (create) {
      case Create_table_statementContext table -> Tables.create(origin, table);
      case Create_table_as_statementContext table -> Tables.createAs(origin, table);
      case Create_table_external_statementContext _ ->
          throw new NotLowered("Greenplum's CREATE EXTERNAL TABLE");
      case Create_index_statementContext index -> Indexes.create(origin, index);
      case Create_view_statementContext view -> Views.create(origin, view);
      case Create_sequence_statementContext sequence -> Sequences.create(origin, sequence);
      case Create_type_statementContext type -> UserTypes.create(origin, type);
      case Create_domain_statementContext domain -> UserTypes.create(origin, domain);
      case Create_schema_statementContext schema -> schema(origin, schema);
      case Create_trigger_statementContext trigger ->
          new Statement.CreateTrigger(
              Names.of(origin, trigger.name), Names.object(origin, trigger.table_name));
      default -> Utilities.create(origin, create);
    };
  }

  /// Without a name the schema is called as its owner.
  private static Statement schema(Origin origin, Create_schema_statementContext schema) {
    var name =
        schema.name == null ? Names.of(origin, schema.user_name()) : Names.of(origin, schema.name);
    return new Statement.CreateSchema(name, schema.if_not_exists() != null, List.of());
  }

  private static Statement alter(Origin origin, Schema_alterContext alter) {
    var altered = alter.getRuleContext(ParserRuleContext.class, 0);
    return switch (altered) {
      case Alter_table_statementContext table -> AlterTables.alter(origin, table);
      case Alter_index_statementContext index -> Indexes.alter(origin, index);
      case Alter_view_statementContext view -> Views.alter(origin, view);
      case Alter_materialized_view_statementContext view -> Views.alter(origin, view);
      case Alter_sequence_statementContext sequence -> Sequences.alter(origin, sequence);
      case Alter_type_statementContext type -> UserTypes.alter(origin, type);
      case Alter_domain_statementContext domain -> UserTypes.alter(origin, domain);
      case Alter_owner_statementContext owner -> owner(origin, owner);
      case Alter_database_statementContext database -> database(origin, database);
      case Alter_group_statementContext group -> Utilities.alterGroup(origin, group);
      case Alter_default_privileges_statementContext _ ->
          new Statement.Utility("ALTER DEFAULT PRIVILEGES", null, null);
      default -> Utilities.alter(origin, altered);
    };
  }

  private static Statement owner(Origin origin, Alter_owner_statementContext owner) {
    var object = owner.owner_member_object();
    var kind = Kinds.of(object);
    var command = "ALTER " + kind.sql() + " OWNER TO";
    if (object.name == null) {
      var operator = object.target_operator();
      return new Statement.Utility(
          command, kind, operator == null ? null : ObjectName.of(origin.text(operator.name)));
    }
    var name = Names.object(origin, object.name);
    if (kind == ObjectKind.DOMAIN) {
      return new Statement.AlterDomain(name, "OWNER TO", false);
    }
    if (!RELATIONS.contains(kind)) {
      return new Statement.Utility(command, kind, name);
    }
    var role = Names.of(origin, owner.owner_to().user_name());
    var action = new TableAction.OwnerTo(role, origin.span(owner.owner_to()));
    var ifExists = object.if_exists() != null;
    return new Statement.AlterTable(kind, name, ifExists, false, List.of(action));
  }

  /// SET TABLESPACE copies the whole database and is not allowed in a transaction.
  private static Statement database(Origin origin, Alter_database_statementContext database) {
    var action = database.alter_database_action();
    if (action != null && (action.set_tablespace() != null || action.TABLESPACE() != null)) {
      var name = ObjectName.of(Names.of(origin, database.identifier()));
      return new Statement.Utility("ALTER DATABASE SET TABLESPACE", ObjectKind.DATABASE, name);
    }
    return Utilities.alter(origin, database);
  }
}
