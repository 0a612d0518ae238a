// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.String_value_functionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.System_functionContext;

/// Which functions a call means: the SQL standard's special forms under the names that the server
/// gives them (gram.y rule `func_expr_common_subexpr`). COALESCE and its like, ROW, XML and JSON
/// constructors are expressions of their own, not functions.
final class Calls {
  private Calls() {}

  static List<ObjectName> functions(Origin origin, Function_callContext call) {
    if (call.schema_qualified_name_nontype() != null) {
      return List.of(Names.object(origin, call.schema_qualified_name_nontype()));
    }
    if (call.extract_function() != null) {
      return named("extract");
    }
    if (call.system_function() != null) {
      return system(call.system_function());
    }
    if (call.date_time_function() != null) {
      return named(Names.lower(call.date_time_function().getStart().getText()));
    }
    if (call.string_value_function() != null) {
      return named(string(call.string_value_function()));
    }
    var xml = call.xml_function();
    return xml != null && xml.XMLEXISTS() != null ? named("xmlexists") : List.of();
  }

  private static List<ObjectName> named(String name) {
    return List.of(ObjectName.of(name));
  }

  /// `current_user` and its like; a CAST is written as one of them in the grammar.
  private static List<ObjectName> system(System_functionContext call) {
    return call.cast_specification() != null
        ? List.of()
        : named(Names.lower(call.getStart().getText()));
  }

  private static String string(String_value_functionContext call) {
    if (call.TRIM() != null) {
      if (call.LEADING() != null) {
        return "ltrim";
      }
      return call.TRAILING() != null ? "rtrim" : "btrim";
    }
    return call.COLLATION() != null ? "pg_collation_for" : Names.lower(call.getStart().getText());
  }
}
