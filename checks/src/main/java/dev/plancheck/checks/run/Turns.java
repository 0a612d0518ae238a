// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The targets of one instance in line. Where its connector reads the catalogue for several at
/// once, workers take them in stretches: places in a row that are asked the same. Those come alone
/// that come before the instance has answered, or come again.
///
/// A worker's stretch is its own for some seconds, which is as long as what was read ahead is used;
/// then workers without a stretch take from its end. Guarded by its own lock.
final class Turns {
  /// More than is read ahead at once; no worker has more before it.
  private static final int MOST_IN_A_STRETCH = 64;

  private static final Duration OWN = Duration.ofSeconds(5);

  private final RunWork run;
  private final List<Integer> places;
  private final Deque<Turn> again = new ArrayDeque<>();
  private final List<Stretch> begun = new ArrayList<>();
  private int longest;
  private int next;
  private @Nullable Engine engine;

  /// One target's place, how often it was tried in vain, what the last time gave, and what connects
  /// to it.
  record Turn(int place, int tries, @Nullable List<Result> last, TargetConnector connector) {
    Turn after(List<Result> results, boolean counts) {
      return new Turn(place, counts ? tries + 1 : tries, results, connector);
    }
  }

  /// What one worker has before it.
  static final class Stretch {
    private final Deque<Turn> turns = new ArrayDeque<>();
    private Instant begun = Instant.MIN;
  }

  /// `places` are places in the run's list of targets.
  Turns(List<Integer> places, RunWork run) {
    this.places = List.copyOf(places);
    this.run = run;
    var workers = run.settings().connectionsPerInstance();
    this.longest =
        run.settings().shared()
            ? Math.clamp((places.size() + workers - 1) / workers, 1, MOST_IN_A_STRETCH)
            : 1;
  }

  /// The instance has answered, and this is what it is.
  synchronized void answered(Engine known) {
    engine = known;
  }

  /// The next one of a worker's stretch, which is begun if need be; null if nothing is left.
  synchronized @Nullable Turn take(Stretch own) {
    if (own.turns.isEmpty()) {
      begun.remove(own);
      if (next < places.size()) {
        begin(own);
      }
    }
    if (!own.turns.isEmpty()) {
      return own.turns.pollFirst();
    }
    var turn = again.pollFirst();
    return turn == null ? takeOver() : turn;
  }

  /// A worker ends: whoever comes has what is left of its stretch. More than once is once.
  synchronized void leave(Stretch own) {
    begun.remove(own);
    own.turns.forEach(turn -> again.addLast(alone(turn)));
    own.turns.clear();
  }

  synchronized void addFirst(Turn turn) {
    again.addFirst(alone(turn));
  }

  synchronized void addLast(Turn turn) {
    again.addLast(alone(turn));
  }

  /// How many places workers without a stretch could take now.
  synchronized int left() {
    var late = begun.stream().filter(this::isLate).mapToInt(stretch -> stretch.turns.size()).sum();
    return places.size() - next + again.size() + late;
  }

  private void begin(Stretch stretch) {
    var part = alikeFromNext();
    Optional<TargetConnector> together = Optional.empty();
    if (engine != null && part.size() > 1) {
      together = run.connector().together(databases(part), engine);
      longest = together.isPresent() ? longest : 1;
    }
    if (together.isEmpty()) {
      part = part.subList(0, 1);
    }
    var connector = together.orElseGet(run::connector);
    next += part.size();
    for (var place : part) {
      stretch.turns.addLast(new Turn(place, 0, null, connector));
    }
    stretch.begun = run.clock().instant();
    begun.add(stretch);
  }

  private List<Integer> alikeFromNext() {
    var end = next + 1;
    while (end - next < longest && end < places.size() && areAlike(next, end)) {
      end++;
    }
    return places.subList(next, end);
  }

  private List<DatabaseName> databases(List<Integer> part) {
    return part.stream().map(place -> run.targets().get(place).target()).toList();
  }

  /// Whether two places are asked the same.
  private boolean areAlike(int one, int other) {
    var first = run.targets().get(places.get(one));
    var second = run.targets().get(places.get(other));
    return !first.enableSdl()
        && !second.enableSdl()
        && first.sheet().equals(second.sheet())
        && run.before(first).equals(run.before(second))
        && run.governing(first).equals(run.governing(second));
  }

  private @Nullable Turn takeOver() {
    for (var stretch : begun) {
      if (isLate(stretch) && !stretch.turns.isEmpty()) {
        return alone(stretch.turns.removeLast());
      }
    }
    return null;
  }

  private boolean isLate(Stretch stretch) {
    return stretch.begun.plus(OWN).isBefore(run.clock().instant());
  }

  private Turn alone(Turn turn) {
    return new Turn(turn.place(), turn.tries(), turn.last(), run.connector());
  }
}
