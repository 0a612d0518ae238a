// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.dialect.mysql.RowQuery;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How the rows of a script's statements are counted, whatever the database: worked out once for
/// all that are asked the same. Safe for use by several threads.
final class CountPlan {
  private final Script script;
  private final Beforehand beforehand;
  private final Map<Integer, RowQuery> queries = new ConcurrentHashMap<>();

  CountPlan(Script script) {
    this.script = script;
    this.beforehand = Beforehand.of(script);
  }

  boolean isOf(Script other) {
    return script.equals(other);
  }

  String text(ScriptStatement statement) {
    return script.source().slice(statement.span());
  }

  /// Why rows of a statement cannot be counted before the script, as a clause for people.
  Optional<String> obstacle(ScriptStatement statement) {
    return beforehand.obstacle(statement);
  }

  RowQuery query(ScriptStatement statement) {
    return queries.computeIfAbsent(
        statement.index(), _ -> RowQuery.of(text(statement), script.version()));
  }
}
