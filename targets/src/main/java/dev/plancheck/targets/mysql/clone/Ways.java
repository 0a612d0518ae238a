// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.Lock;
import dev.plancheck.engine.online.Work;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out how a server alters a table: asks for the cheapest way first, until it agrees.
final class Ways {
  /// A way that may be asked for.
  private record Way(String clauses, Work work) {
    boolean isOf(Engine engine) {
      return work.algorithm() != Algorithm.NOCOPY || engine == Engine.MARIADB;
    }
  }

  /// From what costs least; the plain statement comes behind them.
  private static final List<Way> WAYS =
      List.of(
          new Way("ALGORITHM=INSTANT", new Work(Algorithm.INSTANT, false, Lock.NONE)),
          new Way("ALGORITHM=NOCOPY, LOCK=NONE", new Work(Algorithm.NOCOPY, false, Lock.NONE)),
          new Way("ALGORITHM=INPLACE, LOCK=NONE", new Work(Algorithm.INPLACE, true, Lock.NONE)),
          new Way("ALGORITHM=INPLACE", new Work(Algorithm.INPLACE, true, Lock.SHARED)),
          new Way("ALGORITHM=COPY, LOCK=NONE", new Work(Algorithm.COPY, true, Lock.NONE)));

  private Ways() {}

  /// Alters the copy; null if the server was not asked for a way. Throws what the server says to
  /// the plain statement.
  static @Nullable Work alter(
      Writing writing, Engine engine, Copy copy, String body, boolean findsAlgorithm)
      throws SQLException {
    for (var way : findsAlgorithm ? WAYS : List.<Way>of()) {
      if (way.isOf(engine) && agrees(writing, copy, way.clauses() + ", " + body)) {
        return way.work();
      }
    }
    writing.run("ALTER TABLE %s %s".formatted(copy.sql(), body));
    return findsAlgorithm ? new Work(Algorithm.COPY, true, Lock.SHARED) : null;
  }

  /// Whatever is wrong with the statement is wrong with the plain one as well.
  private static boolean agrees(Writing writing, Copy copy, String body) throws SQLException {
    try {
      writing.run("ALTER TABLE %s %s".formatted(copy.sql(), body));
      return true;
    } catch (SQLException e) {
      if (Refusals.isEnd(e) || Refusals.isOfTheServer(e) || Refusals.isOfRights(e)) {
        throw e;
      }
      return false;
    }
  }
}
