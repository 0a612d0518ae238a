// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.OnlineDdl;
import dev.plancheck.engine.online.OnlineDdl.Reason;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.schema.Schema;
import java.util.Objects;
import java.util.Optional;

/// How MySQL or MariaDB makes what ALTER TABLE and CREATE INDEX want of a table, from what costs
/// least to what costs most. Nothing costs more than what is not known, but a copy that keeps
/// writes out: so much is known then.
public enum Alteration {
  INSTANT,
  /// In place, without writing the rows anew.
  IN_PLACE,
  /// All rows are written anew while others write, too; replicas begin when it is done.
  REBUILD,
  /// As REBUILD, row by row.
  ONLINE_COPY,
  /// The server refuses the ALGORITHM or LOCK that is wanted, and does nothing.
  REFUSED,
  /// Writes wait, though the table is not copied: a fulltext index is built, or a LOCK is wanted.
  LOCKED,
  UNKNOWN,
  /// Writes wait while all rows are copied.
  COPY;

  /// Empty for what alters no table, and for other engines. The settings of `before` are those of
  /// the session.
  static Optional<Alteration> of(ScriptStatement statement, Schema before) {
    return OnlineDdl.of(statement, before).map(Alteration::of);
  }

  private static Alteration of(OnlineDdl online) {
    return switch (online) {
      case OnlineDdl.Known(var work, _, _, var refused) -> refused == null ? of(work) : REFUSED;
      case OnlineDdl.Unknown(var reasons, _) ->
          reasons.stream()
                  .map(Reason::work)
                  .filter(Objects::nonNull)
                  .anyMatch(work -> of(work) == COPY)
              ? COPY
              : UNKNOWN;
    };
  }

  private static Alteration of(Work work) {
    if (work.blocksWrites()) {
      return work.algorithm() == Algorithm.COPY ? COPY : LOCKED;
    }
    return switch (work.algorithm()) {
      case INSTANT -> INSTANT;
      case NOCOPY, INPLACE -> work.rebuild() ? REBUILD : IN_PLACE;
      case COPY -> ONLINE_COPY;
    };
  }

  /// What costs more of two that a table gets one after the other.
  Alteration and(Alteration other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
