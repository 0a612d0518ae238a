// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_group_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_user_or_role_set_resetContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_statistics_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_parametersContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IdentifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Operator_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rename_toContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Target_operatorContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.User_nameContext;

/// CREATE and ALTER of what no rule needs details of. Their rules in the grammar are alike:
/// keywords that say what it is, then its name, for some of them a table, and perhaps a RENAME.
final class Utilities {
  /// Belong to a table: it is their object, and for a rename the table is told beside the name.
  static final Set<ObjectKind> ATTACHED =
      Set.of(ObjectKind.POLICY, ObjectKind.RULE, ObjectKind.TRIGGER);

  /// Words between the verb and the kind.
  private static final Set<String> MODIFIERS =
      Set.of("OR", "REPLACE", "TRUSTED", "PROCEDURAL", "DEFAULT");

  private Utilities() {}

  static Statement create(Origin origin, ParserRuleContext node) {
    if (node instanceof Create_statistics_statementContext statistics) {
      var name = statistics.name == null ? null : Names.object(origin, statistics.name);
      return new Statement.Utility("CREATE STATISTICS", ObjectKind.STATISTICS, name);
    }
    var kind = kind(node);
    return new Statement.Utility("CREATE " + kind.sql(), kind, object(origin, kind, node));
  }

  static Statement alter(Origin origin, ParserRuleContext node) {
    var kind = kind(node);
    var rename = find(node, Rename_toContext.class);
    if (rename != null) {
      var to = Names.of(origin, rename.name);
      return ATTACHED.contains(kind)
          ? new Statement.Rename(kind, required(origin, node), table(origin, node), to)
          : new Statement.Rename(kind, required(origin, node), null, to);
    }
    return new Statement.Utility("ALTER " + kind.sql(), kind, object(origin, kind, node));
  }

  /// GROUP is an old word for a role; its name stands in its action.
  static Statement alterGroup(Origin origin, Alter_group_statementContext group) {
    var action = group.alter_group_action();
    var name = required(origin, action);
    return action.rename_to() == null
        ? new Statement.Utility("ALTER ROLE", ObjectKind.ROLE, name)
        : new Statement.Rename(
            ObjectKind.ROLE, name, null, Names.of(origin, action.rename_to().name));
  }

  private static ObjectKind kind(ParserRuleContext node) {
    var words = Words.list(node);
    words.removeIf(MODIFIERS::contains);
    return Kinds.of(String.join(" ", words));
  }

  private static @Nullable ObjectName object(
      Origin origin, ObjectKind kind, ParserRuleContext node) {
    return ATTACHED.contains(kind) ? table(origin, node) : name(origin, node);
  }

  private static @Nullable ObjectName table(Origin origin, ParserRuleContext node) {
    var table = find(node, Schema_qualified_nameContext.class);
    return table == null ? null : Names.object(origin, table);
  }

  private static ObjectName required(Origin origin, ParserRuleContext node) {
    var name = name(origin, node);
    if (name == null) {
      throw new NotLowered("what is renamed");
    }
    return name;
  }

  /// The first name below a node.
  private static @Nullable ObjectName name(Origin origin, ParserRuleContext node) {
    for (var child : node.children) {
      if (child instanceof ParserRuleContext part) {
        var name = nameOf(origin, part);
        if (name != null) {
          return name;
        }
      }
    }
    return null;
  }

  private static @Nullable ObjectName nameOf(Origin origin, ParserRuleContext part) {
    return switch (part) {
      case Schema_qualified_nameContext name -> Names.object(origin, name);
      case IdentifierContext name -> ObjectName.of(Names.of(origin, name));
      case User_nameContext name -> ObjectName.of(Names.of(origin, name));
      case Function_parametersContext function ->
          Names.object(origin, function.schema_qualified_name());
      case Target_operatorContext operator -> ObjectName.of(origin.text(operator.name));
      case Operator_nameContext operator -> ObjectName.of(origin.text(operator));
      case Alter_user_or_role_set_resetContext role when role.user_name() != null ->
          ObjectName.of(Names.of(origin, role.user_name()));
      default -> null;
    };
  }

  /// The first node of a kind among the children and their children.
  private static <T extends ParserRuleContext> @Nullable T find(
      ParserRuleContext node, Class<T> wanted) {
    var direct = node.getRuleContexts(wanted);
    if (!direct.isEmpty()) {
      return direct.getFirst();
    }
    for (var child : node.getRuleContexts(ParserRuleContext.class)) {
      var below = child.getRuleContexts(wanted);
      if (!below.isEmpty()) {
        return below.getFirst();
      }
    }
    return null;
  }
}
