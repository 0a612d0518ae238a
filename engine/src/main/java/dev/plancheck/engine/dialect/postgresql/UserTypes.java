// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_type_statementContext;

/// Types and domains of users.
final class UserTypes {
  private UserTypes() {}

  static Statement create(Origin origin, Create_type_statementContext type) {
    var labels =
        type.ENUM() == null
            ? List.<String>of()
            : type.enums.stream().map(label -> Literals.value(origin.text(label))).toList();
    return new Statement.CreateType(Names.object(origin, type.name), type.ENUM() != null, labels);
  }

  static Statement create(Origin origin, Create_domain_statementContext domain) {
    return new Statement.CreateDomain(
        Names.object(origin, domain.name),
        Types.of(origin, domain.dat_type),
        domain.dom_constraint.stream().anyMatch(c -> c.NULL() != null && c.NOT() != null),
        domain.dom_constraint.stream().anyMatch(c -> c.CHECK() != null),
        domain.def_value != null);
  }

  static Statement alter(Origin origin, Alter_type_statementContext type) {
    var name = Names.object(origin, type.name);
    if (type.new_enum_value != null) {
      return new Statement.AddEnumValue(name, Literals.value(origin.text(type.new_enum_value)));
    }
    if (type.rename_to() != null) {
      var to = Names.of(origin, type.rename_to().name);
      return new Statement.Rename(ObjectKind.TYPE, name, null, to);
    }
    return new Statement.Utility(command(type), ObjectKind.TYPE, name);
  }

  /// Of several actions on attributes the one that does most harm.
  private static String command(Alter_type_statementContext type) {
    if (type.set_schema() != null) {
      return "ALTER TYPE SET SCHEMA";
    }
    if (type.RENAME() != null) {
      return type.VALUE() == null ? "ALTER TYPE RENAME ATTRIBUTE" : "ALTER TYPE RENAME VALUE";
    }
    var actions = type.type_action();
    if (actions.stream().anyMatch(action -> action.DROP() != null)) {
      return "ALTER TYPE DROP ATTRIBUTE";
    }
    if (actions.stream().anyMatch(action -> action.ALTER() != null)) {
      return "ALTER TYPE ALTER ATTRIBUTE";
    }
    return actions.isEmpty() ? "ALTER TYPE SET" : "ALTER TYPE ADD ATTRIBUTE";
  }

  static Statement alter(Origin origin, Alter_domain_statementContext domain) {
    var name = Names.object(origin, domain.name);
    if (domain.rename_to() != null) {
      var to = Names.of(origin, domain.rename_to().name);
      return new Statement.Rename(ObjectKind.DOMAIN, name, null, to);
    }
    var action = action(domain);
    var validates =
        switch (action) {
          case "ADD CONSTRAINT" -> domain.not_valid == null;
          case "VALIDATE CONSTRAINT", "SET NOT NULL" -> true;
          default -> false;
        };
    return new Statement.AlterDomain(name, action, validates);
  }

  private static String action(Alter_domain_statementContext domain) {
    if (domain.dom_constraint != null) {
      return "ADD CONSTRAINT";
    }
    if (domain.set_def_column() != null) {
      return "SET DEFAULT";
    }
    if (domain.drop_def() != null) {
      return "DROP DEFAULT";
    }
    if (domain.drop_constraint() != null) {
      return "DROP CONSTRAINT";
    }
    if (domain.validate_constraint() != null) {
      return "VALIDATE CONSTRAINT";
    }
    if (domain.set_schema() != null) {
      return "SET SCHEMA";
    }
    if (domain.RENAME() != null) {
      return "RENAME CONSTRAINT";
    }
    return domain.SET() == null ? "DROP NOT NULL" : "SET NOT NULL";
  }
}
