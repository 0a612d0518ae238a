// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.List;

/// Which tables have columns of a type or domain that users made.
public final class TypeUse {
  private TypeUse() {}

  /// Those that others use, as far as the schema holds them, in order of their names.
  public static List<ObjectName> tables(ObjectName written, Schema schema) {
    var type = schema.type(written).map(found -> found.name()).orElse(written);
    return schema.tables().values().stream()
        .filter(table -> schema.isInUse(table.name()))
        .filter(table -> table.columns().stream().anyMatch(c -> c.type().objectName().equals(type)))
        .map(Table::name)
        .toList();
  }

  /// Whether there may be any: without a target of every type but those that the script makes.
  public static boolean isPossible(ObjectName written, Schema schema) {
    return !tables(written, schema).isEmpty()
        || (!schema.known() && schema.type(written).isEmpty());
  }

  /// Reports an ALTER DOMAIN that does `action` and for that reads the tables which use the domain;
  /// the domain is put into `content`.
  public static void reportReads(
      ScriptStatement statement, String action, String content, Context context) {
    if (statement.statement() instanceof Statement.AlterDomain(var domain, var done, var reads)
        && reads
        && done.equals(action)
        && isPossible(domain, context.schema())) {
      BySize.report(
          context, tables(domain, context.schema()), statement.span(), content.formatted(domain));
    }
  }
}
