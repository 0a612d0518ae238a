// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Comment_member_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Comment_on_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Label_member_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rule_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rule_member_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Security_labelContext;

/// What is said about objects of every kind: GRANT, REVOKE, COMMENT and SECURITY LABEL.
final class Grants {
  private Grants() {}

  static Statement grant(Origin origin, Rule_commonContext grant) {
    var command = Names.lower(grant.getStart().getText()).equals("grant") ? "GRANT" : "REVOKE";
    var roles = grant.other_rules();
    if (roles != null) {
      var names = roles.names_references().schema_qualified_name();
      return new Statement.Utility(command, ObjectKind.ROLE, only(origin, names));
    }
    var object = grant.rule_member_object();
    return new Statement.Utility(command, kind(object), only(origin, names(object)));
  }

  /// A table where nothing is written. `ALL ... IN SCHEMA` is about the schema.
  private static ObjectKind kind(Rule_member_objectContext object) {
    if (object.ALL() != null) {
      return ObjectKind.SCHEMA;
    }
    var words = Words.of(object);
    if (words.isEmpty()) {
      return ObjectKind.TABLE;
    }
    // A setting, which is none of our kinds.
    return words.equals("PARAMETER") ? ObjectKind.SYSTEM : Kinds.of(words);
  }

  private static List<Schema_qualified_nameContext> names(Rule_member_objectContext object) {
    if (object.names_references() != null) {
      return object.names_references().schema_qualified_name();
    }
    return object.function_parameters().stream()
        .map(function -> function.schema_qualified_name())
        .toList();
  }

  private static @Nullable ObjectName only(
      Origin origin, List<Schema_qualified_nameContext> names) {
    return names.size() == 1 ? Names.object(origin, names.getFirst()) : null;
  }

  static Statement comment(Origin origin, Comment_on_statementContext comment) {
    var object = comment.comment_member_object();
    var kind = Kinds.of(object);
    return new Statement.Utility("COMMENT ON", kind, commented(origin, kind, object));
  }

  private static @Nullable ObjectName commented(
      Origin origin, ObjectKind kind, Comment_member_objectContext object) {
    if (object.table_name != null) {
      return object.DOMAIN() == null ? Names.object(origin, object.table_name) : null;
    }
    if (object.name != null) {
      return kind == ObjectKind.COLUMN
          ? tableOfColumn(origin, object.name)
          : Names.object(origin, object.name);
    }
    if (object.target_operator() != null) {
      return ObjectName.of(origin.text(object.target_operator().name));
    }
    var name = object.identifier();
    return name == null ? null : ObjectName.of(Names.of(origin, name));
  }

  static Statement label(Origin origin, Security_labelContext label) {
    var object = label.label_member_object();
    var kind = Kinds.of(object);
    return new Statement.Utility("SECURITY LABEL", kind, labelled(origin, kind, object));
  }

  private static @Nullable ObjectName labelled(
      Origin origin, ObjectKind kind, Label_member_objectContext object) {
    if (object.schema_qualified_name() != null) {
      return kind == ObjectKind.COLUMN
          ? tableOfColumn(origin, object.schema_qualified_name())
          : Names.object(origin, object.schema_qualified_name());
    }
    var name = object.identifier();
    return name == null ? null : ObjectName.of(Names.of(origin, name));
  }

  /// `[schema.]table.column`.
  private static @Nullable ObjectName tableOfColumn(
      Origin origin, Schema_qualified_nameContext column) {
    var parts = Names.parts(origin, column);
    return switch (parts.size()) {
      case 2 -> ObjectName.of(parts.get(0));
      case 3 -> ObjectName.of(parts.get(0), parts.get(1));
      default -> null;
    };
  }
}
