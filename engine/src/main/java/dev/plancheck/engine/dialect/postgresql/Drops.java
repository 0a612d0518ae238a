// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_cast_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_database_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_operator_class_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_operator_family_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_operator_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_owned_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_policy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_rule_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_trigger_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_user_mapping_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_dropContext;

/// DROP of everything.
final class Drops {
  private Drops() {}

  static Statement drop(Origin origin, Schema_dropContext drop) {
    return switch (drop.getChild(1)) {
      case Drop_statementsContext many -> many(origin, many);
      case Drop_function_statementContext function -> function(origin, function);
      case Drop_trigger_statementContext trigger ->
          attached(
              ObjectKind.TRIGGER,
              Names.of(origin, trigger.name),
              Names.object(origin, trigger.table_name),
              trigger.if_exists() != null,
              trigger.cascade_restrict());
      case Drop_rule_statementContext rule ->
          attached(
              ObjectKind.RULE,
              Names.of(origin, rule.name),
              Names.object(origin, rule.schema_qualified_name()),
              rule.if_exists() != null,
              rule.cascade_restrict());
      case Drop_policy_statementContext policy ->
          attached(
              ObjectKind.POLICY,
              Names.of(origin, policy.identifier()),
              Names.object(origin, policy.schema_qualified_name()),
              policy.if_exists() != null,
              policy.cascade_restrict());
      case Drop_database_statementContext database ->
          plain(
              ObjectKind.DATABASE,
              List.of(ObjectName.of(Names.of(origin, database.identifier()))),
              database.if_exists() != null,
              null);
      default -> rare(origin, drop);
    };
  }

  private static Statement rare(Origin origin, Schema_dropContext drop) {
    return switch (drop.getChild(1)) {
      case Drop_cast_statementContext cast ->
          plain(
              ObjectKind.CAST,
              List.of(ObjectName.of(origin.text(cast.cast_name()))),
              cast.if_exists() != null,
              cast.cascade_restrict());
      case Drop_operator_statementContext operator ->
          plain(
              ObjectKind.OPERATOR,
              operator.target_operator().stream()
                  .map(target -> ObjectName.of(origin.text(target.name)))
                  .toList(),
              operator.if_exists() != null,
              operator.cascade_restrict());
      case Drop_operator_class_statementContext operators ->
          plain(
              ObjectKind.OPERATOR_CLASS,
              List.of(Names.object(origin, operators.schema_qualified_name())),
              operators.if_exists() != null,
              operators.cascade_restrict());
      case Drop_operator_family_statementContext family ->
          plain(
              ObjectKind.OPERATOR_FAMILY,
              List.of(Names.object(origin, family.schema_qualified_name())),
              family.if_exists() != null,
              family.cascade_restrict());
      case Drop_owned_statementContext owned ->
          plain(
              ObjectKind.OWNED, roles(origin, owned.user_name()), false, owned.cascade_restrict());
      case Drop_user_mapping_statementContext mapping ->
          attached(
              ObjectKind.USER_MAPPING,
              origin.text(mapping.user_mapping_name().getStart()),
              ObjectName.of(Names.of(origin, mapping.user_mapping_name().identifier())),
              mapping.if_exists() != null,
              null);
      default -> throw new NotLowered(Words.of(drop));
    };
  }

  private static List<ObjectName> roles(Origin origin, List<? extends ParserRuleContext> roles) {
    return Names.all(origin, roles).stream().map(ObjectName::of).toList();
  }

  private static Statement plain(
      ObjectKind kind,
      List<ObjectName> names,
      boolean ifExists,
      @Nullable Cascade_restrictContext behavior) {
    return new Statement.Drop(kind, names, null, ifExists, false, AlterTables.cascades(behavior));
  }

  private static Statement attached(
      ObjectKind kind,
      String name,
      ObjectName on,
      boolean ifExists,
      @Nullable Cascade_restrictContext behavior) {
    var names = List.of(ObjectName.of(name));
    return new Statement.Drop(kind, names, on, ifExists, false, AlterTables.cascades(behavior));
  }

  private static Statement function(Origin origin, Drop_function_statementContext function) {
    ObjectKind kind;
    if (function.FUNCTION() != null) {
      kind = ObjectKind.FUNCTION;
    } else {
      kind = function.PROCEDURE() != null ? ObjectKind.PROCEDURE : ObjectKind.AGGREGATE;
    }
    return plain(
        kind,
        List.of(Names.object(origin, function.name)),
        function.if_exists() != null,
        function.cascade_restrict());
  }

  private static Statement many(Origin origin, Drop_statementsContext drop) {
    var list = drop.if_exist_names_restrict_cascade();
    var names = list.names_references().schema_qualified_name();
    return new Statement.Drop(
        Kinds.of(drop),
        Names.objects(origin, names),
        null,
        list.if_exists() != null,
        drop.CONCURRENTLY() != null,
        AlterTables.cascades(list.cascade_restrict()));
  }
}
