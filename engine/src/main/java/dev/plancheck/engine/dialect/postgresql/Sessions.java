// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.Expression.Form;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Transaction;
import dev.plancheck.engine.sql.Statement.Transaction.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Lock_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Only_table_multiplyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_transactionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Session_local_optionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Set_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Zone_valueContext;

/// Transactions, SET and RESET, LOCK.
final class Sessions {
  private Sessions() {}

  static Statement transaction(Origin origin, Script_transactionContext transaction) {
    if (transaction.lock_table() != null) {
      return lock(origin, transaction.lock_table());
    }
    var name = transaction.identifier();
    return new Transaction(
        kind(transaction),
        name == null ? null : Names.of(origin, name),
        transaction.CHAIN() != null && transaction.NO() == null);
  }

  private static Kind kind(Script_transactionContext transaction) {
    if (transaction.PREPARED() != null || transaction.PREPARE() != null) {
      return Kind.TWO_PHASE;
    }
    if (transaction.START() != null || transaction.BEGIN() != null) {
      return Kind.BEGIN;
    }
    if (transaction.TO() != null) {
      return Kind.ROLLBACK_TO;
    }
    if (transaction.RELEASE() != null) {
      return Kind.RELEASE;
    }
    if (transaction.SAVEPOINT() != null) {
      return Kind.SAVEPOINT;
    }
    return transaction.COMMIT() != null || transaction.END() != null ? Kind.COMMIT : Kind.ROLLBACK;
  }

  /// The mode is ACCESS EXCLUSIVE where none is written (PostgreSQL manual, LOCK).
  private static Statement lock(Origin origin, Lock_tableContext lock) {
    var tables =
        lock.only_table_multiply().stream()
            .map(Only_table_multiplyContext::schema_qualified_name)
            .toList();
    var mode = lock.lock_mode();
    return new Statement.LockTable(
        Names.objects(origin, tables), mode == null ? "ACCESS EXCLUSIVE" : Words.of(mode));
  }

  static Statement set(Origin origin, Set_actionContext action) {
    var option = action.session_local_option();
    return option == null
        ? new Transaction(Kind.SET)
        : option(origin, option, action.LOCAL() != null);
  }

  private static Statement option(
      Origin origin, Session_local_optionContext option, boolean local) {
    if (option.AUTHORIZATION() != null) {
      return new Statement.SetRole(authorization(origin, option), local, true);
    }
    if (option.zone_value() != null) {
      return new Statement.SetVariable("timezone", local, zone(origin, option.zone_value()));
    }
    if (option.role_param != null) {
      var role = Names.of(origin, option.role_param);
      var none = Names.lower(origin.text(option.role_param)).equals("none");
      return new Statement.SetRole(none ? null : role, local, false);
    }
    if (option.XML() != null) {
      var value = option.DOCUMENT() == null ? "content" : "document";
      return new Statement.SetVariable("xmloption", local, List.of(value));
    }
    if (option.CURRENT() != null) {
      throw new NotLowered("SET ... FROM CURRENT");
    }
    return variable(origin, option, local);
  }

  private static @Nullable String authorization(Origin origin, Session_local_optionContext option) {
    if (option.session_param != null) {
      return Names.of(origin, option.session_param);
    }
    return option.sconst() == null ? null : Literals.value(origin.text(option.sconst()));
  }

  private static Statement variable(
      Origin origin, Session_local_optionContext option, boolean local) {
    var scope =
        option.config_scope == null ? "" : Names.lower(Names.of(origin, option.config_scope)) + ".";
    var name = scope + Names.lower(Names.of(origin, option.config_param));
    var values =
        option.set_statement_value().vex().stream().map(value -> value(origin, value)).toList();
    return new Statement.SetVariable(name, local, values);
  }

  /// A value without its quotes, whether it is a string or looks like a name.
  private static String value(Origin origin, VexContext value) {
    return switch (Expressions.form(origin, value)) {
      case Form.Literal(var text) -> text;
      case Form.Column(var name) -> name;
      case Form.Tautology _ -> "true";
      case Form.IsNotNull _, Form.And _, Form.Other _ -> origin.text(value);
    };
  }

  private static List<String> zone(Origin origin, Zone_valueContext zone) {
    if (zone.DEFAULT() != null) {
      return List.of();
    }
    if (zone.sconst() != null) {
      return List.of(Literals.value(origin.text(zone.sconst())));
    }
    if (zone.identifier() == null) {
      return List.of(origin.text(zone));
    }
    var name = Names.of(origin, zone.identifier());
    return name.equals("local") ? List.of() : List.of(name);
  }

  static Statement reset(Origin origin, Additional_statementContext reset) {
    if (reset.AUTHORIZATION() != null) {
      return new Statement.SetRole(null, false, true);
    }
    if (reset.ZONE() != null) {
      return new Statement.SetVariable("timezone", false, List.of());
    }
    if (reset.ALL() != null) {
      return new Statement.SetVariable("all", false, List.of());
    }
    var name = Names.lower(String.join(".", Names.all(origin, reset.identifier())));
    return name.equals("role")
        ? new Statement.SetRole(null, false, false)
        : new Statement.SetVariable(name, false, List.of());
  }
}
