// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.SetVariable;
import dev.plancheck.engine.sql.Statement.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Transactions, and what a session sets for itself or for the server.
final class Sessions {
  private static final Set<String> SCOPES = Set.of("SESSION", "LOCAL");
  private static final Set<String> SERVER = Set.of("GLOBAL", "PERSIST", "PERSIST_ONLY");
  private static final Set<String> COMMA = Set.of(",");

  private Sessions() {}

  static Statement transaction(Reader reader, Transaction.Kind kind) {
    var chain = false;
    for (; !reader.atEnd(); reader.moveTo(reader.index() + 1)) {
      chain |= reader.at("AND", "CHAIN");
    }
    return new Transaction(kind, null, chain);
  }

  /// From behind ROLLBACK on.
  static Statement rollback(Reader reader) {
    reader.take("WORK");
    if (!reader.take("TO")) {
      return transaction(reader, Transaction.Kind.ROLLBACK);
    }
    reader.take("SAVEPOINT");
    return savepoint(reader, Transaction.Kind.ROLLBACK_TO);
  }

  static Statement savepoint(Reader reader, Transaction.Kind kind) {
    return new Transaction(kind, Names.fold(reader.name()), false);
  }

  /// From behind SET on.
  static Statement set(Reader reader) {
    if (reader.at("TRANSACTION")
        || reader.at("SESSION", "TRANSACTION")
        || reader.at("LOCAL", "TRANSACTION")) {
      return new Transaction(Transaction.Kind.SET);
    }
    if (reader.at("PASSWORD")
        || reader.at("ROLE")
        || reader.at("DEFAULT", "ROLE")
        || reader.at("RESOURCE")
        || reader.at("GLOBAL", "TRANSACTION")) {
      return new Statement.Utility("SET " + reader.word(), null, null);
    }
    var all = new ArrayList<SetVariable>();
    do {
      all.add(one(reader));
    } while (reader.take(","));
    return all.size() == 1 ? all.getFirst() : new Statement.SetVariables(all);
  }

  private static SetVariable one(Reader reader) {
    if (reader.take("NAMES") || reader.take("CHARSET") || reader.take("CHARACTER", "SET")) {
      var charset = reader.name();
      if (reader.take("COLLATE")) {
        reader.name();
      }
      return new SetVariable("names", false, List.of(charset));
    }
    var server = reader.atAny(SERVER);
    if (server || reader.atAny(SCOPES)) {
      reader.take();
    }
    var name = variable(reader);
    if (!reader.take(":", "=")) {
      reader.expect("=");
    }
    var from = reader.index();
    reader.skipTo(COMMA);
    var values = value(reader, from);
    return new SetVariable(server ? Statement.GLOBAL + name : name, false, values);
  }

  /// `x`, `@@x`, `@@session.x`, `@@global.x`, or a variable of the user's: `@x`.
  private static String variable(Reader reader) {
    if (reader.current().kind() != Kind.VARIABLE) {
      var name = Names.fold(reader.name());
      return reader.take(".") ? name + "." + Names.fold(reader.name()) : name;
    }
    var written = Names.fold(reader.text(reader.take()));
    if (!written.startsWith("@@")) {
      return written;
    }
    var name = written.substring(2);
    var dot = name.indexOf('.');
    var scope = dot < 0 ? "" : name.substring(0, dot).toUpperCase(Locale.ROOT);
    if (SERVER.contains(scope)) {
      return Statement.GLOBAL + name.substring(dot + 1);
    }
    return SCOPES.contains(scope) ? name.substring(dot + 1) : name;
  }

  /// The value as written, without quotes; nothing for DEFAULT.
  private static List<String> value(Reader reader, int from) {
    if (reader.index() == from) {
      throw new NotLowered("a SET without a value");
    }
    if (reader.index() == from + 1) {
      var text = reader.text(reader.token(from));
      return text.equalsIgnoreCase("DEFAULT") ? List.of() : List.of(Literals.value(text));
    }
    return List.of(reader.text(reader.since(from)));
  }
}
