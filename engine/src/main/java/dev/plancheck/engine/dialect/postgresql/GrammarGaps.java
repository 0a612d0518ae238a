// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements that PostgreSQL knows and the grammar does not, recognised by their tokens once the
/// grammar has refused them. Claimed is only what is understood to its last token; the rest stays
/// refused, see `known-gaps.sql` beside the tests.
final class GrammarGaps {
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
    if (tokens.take("ALTER", "INDEX")) {
      return indexOwner();
    }
    if (tokens.take("ALTER", "TABLE", "ALL", "IN", "TABLESPACE")) {
      return moveAll();
    }
    if (tokens.take("CREATE", "EXTENSION")) {
      return extension();
    }
    if (tokens.take("CREATE", "AGGREGATE") || tokens.take("CREATE", "OR", "REPLACE", "AGGREGATE")) {
      return new RoutineGaps(tokens).createAggregate();
    }
    if (tokens.take("EXPLAIN")) {
      return explainRefresh();
    }
    if (tokens.take("DROP", "TRANSFORM")) {
      return dropTransform();
    }
    return routineOrSetting();
  }

  private @Nullable Statement routineOrSetting() {
    if (tokens.take("ALTER")) {
      return new RoutineGaps(tokens).alter();
    }
    if (tokens.take("DROP")) {
      return new RoutineGaps(tokens).drop();
    }
    if (tokens.take("COMMENT", "ON")) {
      return new RoutineGaps(tokens).commentOn();
    }
    if (tokens.take("RESET", "TRANSACTION", "ISOLATION", "LEVEL")) {
      return new Statement.SetVariable("transaction_isolation", false, List.of());
    }
    return tokens.take("SET") ? set() : null;
  }

  /// Accepted with a warning, and without any effect.
  private @Nullable Statement indexOwner() {
    var ifExists = tokens.take("IF", "EXISTS");
    var index = tokens.object();
    var from = tokens.atEnd() ? start : tokens.start();
    if (index == null || !tokens.take("OWNER", "TO")) {
      return null;
    }
    var role = tokens.name();
    if (role == null) {
      return null;
    }
    var action = new TableAction.OwnerTo(role, new Span(from, tokens.endBefore()));
    return new Statement.AlterTable(ObjectKind.INDEX, index, ifExists, false, List.of(action));
  }

  private @Nullable Statement moveAll() {
    if (tokens.name() == null) {
      return null;
    }
    if (tokens.take("OWNED", "BY")) {
      do {
        if (tokens.name() == null) {
          return null;
        }
      } while (tokens.symbol(','));
    }
    if (!tokens.take("SET", "TABLESPACE") || tokens.name() == null) {
      return null;
    }
    tokens.take("NOWAIT");
    return new Statement.NotAnalysed("what ALTER TABLE ALL IN TABLESPACE moves is not understood");
  }

  /// Its options in any order.
  private @Nullable Statement extension() {
    tokens.take("IF", "NOT", "EXISTS");
    var name = tokens.name();
    if (name == null) {
      return null;
    }
    tokens.take("WITH");
    while (!tokens.atEnd()) {
      var taken =
          tokens.take("CASCADE")
              || (tokens.take("SCHEMA") && tokens.name() != null)
              || (tokens.take("VERSION") && (tokens.string() != null || tokens.name() != null));
      if (!taken) {
        return null;
      }
    }
    return new Statement.Utility("CREATE EXTENSION", ObjectKind.EXTENSION, ObjectName.of(name));
  }

  private @Nullable Statement explainRefresh() {
    var analyze = false;
    if (tokens.isSymbol('(')) {
      var options = explainOptions();
      if (options == null) {
        return null;
      }
      analyze = options;
    } else {
      analyze = tokens.take("ANALYZE") || tokens.take("ANALYSE");
      tokens.take("VERBOSE");
    }
    if (!tokens.take("REFRESH", "MATERIALIZED", "VIEW")) {
      return null;
    }
    var concurrently = tokens.take("CONCURRENTLY");
    var view = tokens.object();
    var withData = !tokens.take("WITH", "NO", "DATA");
    if (withData) {
      tokens.take("WITH", "DATA");
    }
    return view == null
        ? null
        : new Statement.Explain(
            analyze, new Statement.RefreshMaterializedView(view, concurrently, withData));
  }

  /// Whether ANALYZE is among them and on; null if they are no options.
  private @Nullable Boolean explainOptions() {
    var analyze = false;
    do {
      tokens.skip();
      var name = tokens.name();
      if (name == null) {
        return null;
      }
      var value =
          tokens.isSymbol(',') || tokens.isSymbol(')') || tokens.atEnd() ? "on" : tokens.text();
      if (name.equals("analyze") || name.equals("analyse")) {
        analyze = Options.isOn(value);
      }
    } while (tokens.isSymbol(','));
    return tokens.symbol(')') ? analyze : null;
  }

  private @Nullable Statement dropTransform() {
    var ifExists = tokens.take("IF", "EXISTS");
    var type = tokens.take("FOR") ? tokens.object() : null;
    if (type == null || !tokens.take("LANGUAGE") || tokens.name() == null) {
      return null;
    }
    var cascade = tokens.take("CASCADE");
    if (!cascade) {
      tokens.take("RESTRICT");
    }
    return new Statement.Drop(ObjectKind.TRANSFORM, List.of(type), null, ifExists, false, cascade);
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
