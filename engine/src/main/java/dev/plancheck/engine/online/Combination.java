// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.online.OnlineDdl.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What all that a statement needs comes to. The dearest need wins; but what a server can put off
/// alone, it cannot beside what needs the rows now, and some tables can be rebuilt only with writes
/// shut out, or only by a copy.
final class Combination {
  private static final int ROW_VERSIONS = 64;
  private static final int ROW_VERSIONS_SINCE_9_1 = 255;

  private static final Set<Operation> VIRTUAL =
      EnumSet.of(
          Operation.ADD_VIRTUAL_COLUMN,
          Operation.DROP_VIRTUAL_COLUMN,
          Operation.DROP_INDEXED_VIRTUAL_COLUMN);

  /// What engines other than InnoDB do without a copy.
  private static final Set<Operation> WITHOUT_ROWS =
      EnumSet.of(
          Operation.COLUMN_PROPERTY,
          Operation.RENAME_COLUMN,
          Operation.TABLE_PROPERTY,
          Operation.RENAME_INDEX,
          Operation.FOR_A_MOMENT);

  /// Beside these MariaDB can still put rows off.
  private static final Set<Algorithm> WITHOUT_REBUILD =
      EnumSet.of(Algorithm.INSTANT, Algorithm.NOCOPY);

  private final Matrix matrix;
  private final Server server;
  private final TableFacts facts;
  private final Needs needs;
  private final List<Need.Known> known;

  Combination(Matrix matrix, Server server, TableFacts facts, Needs needs) {
    this.matrix = matrix;
    this.server = server;
    this.facts = facts;
    this.needs = needs;
    this.known =
        needs.all().stream()
            .filter(Need.Known.class::isInstance)
            .map(Need.Known.class::cast)
            .toList();
  }

  List<Reason> reasons() {
    var reasons = new ArrayList<Reason>();
    for (var need : needs.all()) {
      reasons.add(
          switch (need) {
            case Need.Known one -> new Reason(one.span(), one.what(), alone(one));
            case Need.Missing(var span, var what) -> new Reason(span, what, null);
          });
    }
    return reasons;
  }

  boolean putsRowsOff() {
    return known.stream().anyMatch(need -> need.operation().putsRowsOff());
  }

  /// What the whole statement comes to, apart from its clauses.
  Work work() {
    if (!facts.isInnodb()) {
      return withoutInnodb();
    }
    if (known.isEmpty()) {
      return work(Operation.COLUMN_PROPERTY);
    }
    var canPutOff = canPutOff();
    var sum = new Work(Algorithm.INSTANT, false, Lock.NONE);
    for (var need : known) {
      var one = base(need);
      sum = sum.and(isPutOff(need) && !canPutOff ? work(need.otherwise()) : one);
    }
    // A new name alone waits for all others to be gone; beside other work it is that work's end.
    if (sum.lock() == Lock.EXCLUSIVE && known.size() > 1) {
      sum = sum.withLock(Lock.NONE);
      for (var need : known) {
        var lock = base(need).lock();
        sum = lock == Lock.SHARED ? sum.withLock(lock) : sum;
      }
    }
    return copied(restricted(sum));
  }

  private Work work(Operation operation) {
    return matrix.work(operation, server).orElseThrow();
  }

  /// As if the statement had no other action.
  private Work alone(Need.Known need) {
    var work = isPutOff(need) && takesPuttingOffAway() ? work(need.otherwise()) : base(need);
    return facts.isInnodb()
        ? copied(restricted(work))
        : WITHOUT_ROWS.contains(need.operation()) ? work(Operation.FOR_A_MOMENT) : copy();
  }

  private Work base(Need.Known need) {
    var work = work(need.operation());
    return need.operation().putsRowsOff() && work.algorithm() != Algorithm.INSTANT
        ? work(need.otherwise())
        : work;
  }

  private boolean isPutOff(Need.Known need) {
    return need.operation().putsRowsOff() && base(need).algorithm() == Algorithm.INSTANT;
  }

  private boolean canPutOff() {
    if (takesPuttingOffAway()) {
      return false;
    }
    for (var need : known) {
      var work = base(need);
      if (work.algorithm() != Algorithm.INSTANT
          && !(server.isMariadb()
              && WITHOUT_REBUILD.contains(work.algorithm())
              && !addsIndex(need.operation()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean addsIndex(Operation operation) {
    return operation == Operation.ADD_INDEX
        || operation == Operation.ADD_INDEX_ON_NEW_VIRTUAL_COLUMN
        || operation == Operation.ADD_FULLTEXT_INDEX
        || operation == Operation.ADD_SPATIAL_INDEX;
  }

  /// What a table has, or the statement wants, that leaves no room for rows of two shapes.
  private boolean takesPuttingOffAway() {
    var wanted = needs.algorithm();
    return facts.hasCompressedRows()
        || facts.hasIndex("fulltext")
        || (server.isMariadb() && facts.hasIndexedVirtualColumn())
        || (server.isMysql() && wanted != null && wanted.value().equals("INPLACE"))
        || isAtLimit();
  }

  /// Why a server that could put the rows off cannot for this table, in a sentence for people with
  /// a place for its name.
  Optional<String> obstacle() {
    if (known.stream().noneMatch(this::isPutOff) || !takesPuttingOffAway()) {
      return Optional.empty();
    }
    if (isAtLimit()) {
      return Optional.of(
          "Columns of %%s were added or dropped instantly %d times, the most that %s can: it is rebuilt."
              .formatted(facts.rowVersions().orElseThrow(), server));
    }
    return facts.hasCompressedRows()
        ? Optional.of("The rows of %s are compressed: nothing of their shape can be put off.")
        : facts.hasIndex("fulltext")
            ? Optional.of("%s has a fulltext index: nothing of its rows' shape can be put off.")
            : Optional.empty();
  }

  private boolean isAtLimit() {
    var limit = server.isAtLeast(9, 1, 0) ? ROW_VERSIONS_SINCE_9_1 : ROW_VERSIONS;
    return server.isMysql() && server.isAtLeast(8, 0, 29) && facts.rowVersions().orElse(0) >= limit;
  }

  private Work restricted(Work work) {
    if (isOnlyCopied(work)) {
      return copy();
    }
    var shutsOut =
        facts.hasIndex("spatial")
            || (server.isMariadb()
                && (facts.hasIndex("fulltext") || facts.hasIndexedVirtualColumn()));
    return work.rebuild() && work.lock() == Lock.NONE && shutsOut
        ? work.withLock(Lock.SHARED)
        : work;
  }

  private boolean isOnlyCopied(Work work) {
    var fulltext = known.stream().filter(n -> addsFulltext(n.operation())).count();
    var virtual = known.stream().anyMatch(n -> VIRTUAL.contains(n.operation()));
    var addsVirtual = known.stream().anyMatch(n -> n.operation() == Operation.ADD_VIRTUAL_COLUMN);
    return fulltext > 1
        || (work.rebuild() && virtual)
        || (work.rebuild() && server.isMysql() && facts.hasIndex("fulltext"))
        || (server.isMariadb() && addsVirtual && putsRowsOff())
        || (facts.isPartitioned() && addsVirtual && !isInstantInPartitions());
  }

  private boolean isInstantInPartitions() {
    return server.isMysql() && server.isAtLeast(8, 0, 12);
  }

  private static boolean addsFulltext(Operation operation) {
    return operation == Operation.ADD_FULLTEXT_INDEX
        || operation == Operation.ADD_FIRST_FULLTEXT_INDEX;
  }

  private Work copied(Work work) {
    return work.algorithm() == Algorithm.COPY ? copy() : work;
  }

  /// MariaDB can write what happens meanwhile to the copy too, but not what a cascade does.
  private Work copy() {
    var copy = work(Operation.COPY);
    return facts.hasCascade() || !facts.isInnodb() ? copy.withLock(Lock.SHARED) : copy;
  }

  private Work withoutInnodb() {
    var sum = new Work(Algorithm.INSTANT, false, Lock.NONE);
    for (var need : known) {
      sum = sum.and(alone(need));
    }
    return sum;
  }
}
