// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Statements that PostgreSQL knows and the grammar does not, recognised by their tokens once the
/// grammar has refused them. Claimed is only what is understood to its last token; the rest stays
/// refused, see `known-gaps.sql` beside the tests.
final class GrammarGaps {
  private static final List<ObjectKind> ROUTINES =
      List.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE, ObjectKind.ROUTINE, ObjectKind.AGGREGATE);

  /// What ALTER FUNCTION may begin to change.
  private static final Set<String> PROPERTIES =
      Set.of(
          "called",
          "returns",
          "strict",
          "immutable",
          "stable",
          "volatile",
          "not",
          "leakproof",
          "external",
          "security",
          "parallel",
          "cost",
          "rows",
          "support",
          "set",
          "reset");

  private final Tokens tokens;
  private final int start;

  private GrammarGaps(String script, Span statement) {
    this.tokens = new Tokens(script, statement);
    this.start = statement.start();
  }

  /// Null if it is none of them.
  static @Nullable Statement lower(String script, Span statement) {
    var gaps = new GrammarGaps(script, statement);
    var lowered = gaps.lower();
    return lowered != null && gaps.tokens.atEnd() ? lowered : null;
  }

  private @Nullable Statement lower() {
    if (tokens.take("ALTER", "SYSTEM")) {
      return system();
    }
    if (tokens.take("ALTER", "MATERIALIZED", "VIEW")) {
      return moveView();
    }
    if (tokens.take("ALTER")) {
      return alterRoutine();
    }
    if (tokens.take("DROP")) {
      return dropRoutines();
    }
    if (tokens.take("COMMENT", "ON")) {
      return commentOnRoutine();
    }
    if (tokens.take("RESET", "TRANSACTION", "ISOLATION", "LEVEL")) {
      return new Statement.SetVariable("transaction_isolation", false, List.of());
    }
    return tokens.take("SET") ? set() : null;
  }

  private @Nullable Statement system() {
    if (tokens.take("RESET")) {
      return settingName() ? systemChanged() : null;
    }
    if (!tokens.take("SET") || !settingName() || !(tokens.symbol('=') || tokens.take("TO"))) {
      return null;
    }
    do {
      if (tokens.atEnd()) {
        return null;
      }
      tokens.symbol('-');
      tokens.skip();
    } while (tokens.symbol(','));
    return systemChanged();
  }

  private static Statement systemChanged() {
    return new Statement.Utility("ALTER SYSTEM", ObjectKind.SYSTEM, null);
  }

  private boolean settingName() {
    do {
      if (tokens.name() == null) {
        return false;
      }
    } while (tokens.symbol('.'));
    return true;
  }

  private @Nullable ObjectKind routineKind() {
    for (var kind : ROUTINES) {
      if (tokens.take(kind.sql())) {
        return kind;
      }
    }
    return null;
  }

  /// Several at once, or DROP ROUTINE.
  private @Nullable Statement dropRoutines() {
    var kind = routineKind();
    if (kind == null) {
      return null;
    }
    var ifExists = tokens.take("IF", "EXISTS");
    var names = new ArrayList<ObjectName>();
    do {
      var name = tokens.object();
      if (name == null || !tokens.brackets()) {
        return null;
      }
      names.add(name);
    } while (tokens.symbol(','));
    var cascade = tokens.take("CASCADE");
    if (!cascade) {
      tokens.take("RESTRICT");
    }
    return new Statement.Drop(kind, names, null, ifExists, false, cascade);
  }

  /// Without arguments, or ALTER ROUTINE.
  private @Nullable Statement alterRoutine() {
    var kind = routineKind();
    var name = kind == null ? null : tokens.object();
    if (kind == null || name == null || !tokens.brackets()) {
      return null;
    }
    var command = "ALTER " + kind.sql();
    if (tokens.take("RENAME", "TO")) {
      var to = tokens.name();
      return to == null ? null : new Statement.Rename(kind, name, null, to);
    }
    if (tokens.take("OWNER", "TO")) {
      return tokens.name() == null
          ? null
          : new Statement.Utility(command + " OWNER TO", kind, name);
    }
    if (tokens.take("SET", "SCHEMA")) {
      return tokens.name() == null ? null : new Statement.Utility(command, kind, name);
    }
    return properties() ? new Statement.Utility(command, kind, name) : null;
  }

  /// Words, numbers and strings behind a property's first word.
  private boolean properties() {
    if (!tokens.is(Scanner.Kind.WORD) || !PROPERTIES.contains(Names.lower(tokens.text()))) {
      return false;
    }
    while (tokens.is(Scanner.Kind.WORD)
        || tokens.is(Scanner.Kind.NUMBER)
        || tokens.is(Scanner.Kind.STRING)
        || tokens.isSymbol('=')
        || tokens.isSymbol('.')
        || tokens.isSymbol(',')) {
      tokens.skip();
    }
    return true;
  }

  private @Nullable Statement commentOnRoutine() {
    var kind = routineKind();
    var name = kind == null ? null : tokens.object();
    if (name == null || !tokens.take("IS") || !(tokens.take("NULL") || tokens.string() != null)) {
      return null;
    }
    return new Statement.Utility("COMMENT ON", kind, name);
  }

  private @Nullable Statement moveView() {
    var ifExists = tokens.take("IF", "EXISTS");
    var view = tokens.object();
    var from = tokens.atEnd() ? start : tokens.start();
    if (view == null || !tokens.take("SET", "TABLESPACE")) {
      return null;
    }
    var tablespace = tokens.name();
    if (tablespace == null) {
      return null;
    }
    tokens.take("NOWAIT");
    var span = new Span(from, tokens.endBefore());
    return new Statement.AlterTable(
        ObjectKind.MATERIALIZED_VIEW,
        view,
        ifExists,
        false,
        List.of(new TableAction.SetTablespace(tablespace, span)));
  }

  /// The standard's words for settings, and roles in quotes.
  private @Nullable Statement set() {
    var local = tokens.take("LOCAL");
    if (!local) {
      tokens.take("SESSION");
    }
    if (tokens.take("ROLE")) {
      var role = tokens.string();
      return role == null ? null : new Statement.SetRole(role, local, false);
    }
    if (tokens.take("SCHEMA")) {
      var schema = tokens.string();
      return schema == null
          ? null
          : new Statement.SetVariable("search_path", local, List.of(schema));
    }
    if (!tokens.take("NAMES")) {
      return null;
    }
    var encoding = tokens.string();
    if (encoding != null) {
      return new Statement.SetVariable("client_encoding", local, List.of(encoding));
    }
    return tokens.atEnd() || tokens.take("DEFAULT")
        ? new Statement.SetVariable("client_encoding", local, List.of())
        : null;
  }
}
