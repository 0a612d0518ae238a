// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.online.Needs.Requested;
import dev.plancheck.engine.online.OnlineDdl.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What ALGORITHM and LOCK make of a change: a server refuses to do it for less than it needs, and
/// does it for more if that is wanted.
final class Clauses {
  private Clauses() {}

  static OnlineDdl of(
      Server server, Needs needs, List<Reason> reasons, List<String> notes, Work natural) {
    var algorithm = needs.algorithm();
    var lock = needs.lock();
    var refused = refusal(server, algorithm, lock, natural);
    var work = refused == null ? wanted(server, algorithm, lock, natural) : natural;
    return new OnlineDdl.Known(work, reasons, notes, refused);
  }

  private static @Nullable String refusal(
      Server server, @Nullable Requested algorithm, @Nullable Requested lock, Work work) {
    if (algorithm != null && !isPossible(server, algorithm, work)) {
      return "%s is refused: this needs %s".formatted(algorithm, work.algorithm());
    }
    if (lock == null) {
      return null;
    }
    if (server.isMysql() && algorithm != null && algorithm.value().equals("INSTANT")) {
      return "%s is refused beside ALGORITHM=INSTANT, which takes no such clause".formatted(lock);
    }
    // A wanted COPY locks as every copy does.
    var taken =
        algorithm != null && algorithm.value().equals("COPY") ? copy(server).lock() : work.lock();
    return wanted(lock).compareTo(taken) < 0
        ? "%s is refused: this needs LOCK=%s".formatted(lock, taken)
        : null;
  }

  private static boolean isPossible(Server server, Requested algorithm, Work work) {
    return switch (algorithm.value()) {
      case "COPY" -> true;
      case "INPLACE" -> work.algorithm() != Algorithm.COPY;
      case "NOCOPY" -> server.isMariadb() && work.algorithm().compareTo(Algorithm.NOCOPY) <= 0;
      default -> work.algorithm() == Algorithm.INSTANT;
    };
  }

  private static Lock wanted(Requested lock) {
    return switch (lock.value()) {
      case "NONE" -> Lock.NONE;
      case "SHARED" -> Lock.SHARED;
      default -> Lock.EXCLUSIVE;
    };
  }

  /// MariaDB takes INPLACE for "at most that"; in MySQL a wanted INPLACE is never INSTANT. A wanted
  /// EXCLUSIVE keeps writes out for as long as SHARED does.
  private static Work wanted(
      Server server, @Nullable Requested algorithm, @Nullable Requested lock, Work natural) {
    var work = natural;
    if (algorithm != null && algorithm.value().equals("COPY")) {
      work = copy(server);
    } else if (algorithm != null && algorithm.value().equals("INPLACE") && server.isMysql()) {
      work = new Work(Algorithm.INPLACE, natural.rebuild(), natural.lock());
    }
    var keepsOut = lock != null && !lock.value().equals("NONE");
    return keepsOut && work.lock() == Lock.NONE ? work.withLock(Lock.SHARED) : work;
  }

  private static Work copy(Server server) {
    return Matrix.instance().work(Operation.COPY, server).orElseThrow();
  }
}
