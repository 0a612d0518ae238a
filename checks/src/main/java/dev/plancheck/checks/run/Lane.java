// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.run.InstanceBreaker.Advice;
import dev.plancheck.checks.run.Turns.Stretch;
import dev.plancheck.checks.run.Turns.Turn;
import dev.plancheck.engine.EngineVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The targets of one instance. It begins with one worker and takes more once the instance has
/// answered, so that a dead host holds one connection and not all of them.
///
/// A target that was not let in comes back in line, behind those that were not tried yet. While the
/// instance's breaker is open the last worker waits for better times as long as that costs nothing:
/// while other lanes are at work, or for as long as a restart takes. Then the rest is not tried.
///
/// `workers`, `most`, `calm` and `tried` are guarded by the object's lock; each place is in the
/// hands of one worker, or in line.
final class Lane {
  private static final Duration LOOK_UP = Duration.ofMillis(200);

  /// How often a target is tried: an instance that does not answer, one that takes no more
  /// connections now, a connection that broke in the middle.
  private static final int MOST_UNREACHABLE = 4;

  private static final int MOST_BUSY = 10;
  private static final int MOST_BROKEN = 2;

  /// Checks in a row without a refusal, for each worker, before one more worker is tried.
  private static final int CALM = 4;

  private final InstanceBreaker breaker;
  private final RunWork run;
  private final Fanout fanout;
  private final Turns turns;
  private int workers = 1;
  private int most;
  private int calm;
  private boolean tried;

  /// `places` are places in the run's list of targets.
  Lane(String instance, List<Integer> places, RunWork run, Fanout fanout) {
    this.breaker = run.breakers().of(instance);
    this.turns = new Turns(places, run);
    this.run = run;
    this.fanout = fanout;
    this.most = run.settings().connectionsPerInstance();
  }

  /// The work of one worker, the first or a further one.
  void work() throws InterruptedException {
    var own = new Stretch();
    var goesOn = true;
    while (goesOn) {
      var turn = take(own);
      goesOn = turn != null && tryNow(turn, own);
    }
  }

  /// A worker that is not the last one. What it leaves is in line before it is missed.
  private synchronized void end(Stretch own) {
    turns.leave(own);
    workers--;
  }

  /// Null ends the worker.
  private synchronized @Nullable Turn take(Stretch own) {
    var turn = run.stop().isStopped() ? null : turns.take(own);
    if (turn == null) {
      workers--;
    }
    return turn;
  }

  /// Whether the worker goes on.
  private boolean tryNow(Turn turn, Stretch own) throws InterruptedException {
    while (true) {
      switch (breaker.ask(isFirst())) {
        case Advice.Go(var trial) -> {
          return check(turn, own, trial);
        }
        case Advice.Hold(var until, var reason) -> {
          if (leave(turn, own)) {
            return false;
          }
          if (!isWorthWaiting() || !rest(until)) {
            giveUp(turn, reason);
            return true;
          }
        }
      }
    }
  }

  private synchronized boolean isFirst() {
    var first = !tried;
    tried = true;
    return first;
  }

  private boolean isWorthWaiting() {
    return fanout.othersWork() || breaker.mayComeBack();
  }

  /// False when the run was stopped.
  private boolean rest(Instant until) throws InterruptedException {
    var left = Duration.between(run.clock().instant(), until);
    return fanout.rest(left.compareTo(LOOK_UP) < 0 ? left : LOOK_UP, run.stop());
  }

  private boolean check(Turn turn, Stretch own, boolean trial) throws InterruptedException {
    var target = run.targets().get(turn.place());
    var start = run.clock().instant();
    var checked = new TargetCheck(run, target, turn.connector(), this::answered).check();
    run.times().add(target.target(), Duration.between(start, run.clock().instant()));
    return switch (checked.contact()) {
      case NOT_TRIED -> {
        if (trial) {
          breaker.undecided();
        }
        run.tell(turn.place(), checked.results());
        yield true;
      }
      case ANSWERED -> {
        breaker.answered();
        run.tell(turn.place(), checked.results());
        yield settle(own);
      }
      case BROKEN -> {
        queue(turn.after(checked.results(), true), MOST_BROKEN);
        yield true;
      }
      case UNREACHABLE -> {
        var pause = breaker.failed(checked.cause(), trial);
        queue(turn.after(checked.results(), !trial), MOST_UNREACHABLE);
        yield waits(own, pause);
      }
      case BUSY -> {
        var pause = breaker.busy(checked.cause(), trial);
        slowDown();
        queue(turn.after(checked.results(), !trial), MOST_BUSY);
        yield waits(own, pause);
      }
    };
  }

  /// Whether the worker goes on: only the last one waits for a better moment.
  private boolean waits(Stretch own, Duration pause) throws InterruptedException {
    synchronized (this) {
      if (workers > 1) {
        end(own);
        return false;
      }
    }
    var jitter = ThreadLocalRandom.current().nextDouble(0.75, 1.25);
    Waiter.pause(Duration.ofMillis((long) (pause.toMillis() * jitter)), run.stop());
    return true;
  }

  /// Back in line, unless it was tried often enough.
  private void queue(Turn turn, int mostTries) throws InterruptedException {
    if (turn.tries() >= mostTries) {
      giveUp(turn, "");
      return;
    }
    turns.addLast(turn);
  }

  /// True if there are others to do the worker's work.
  private synchronized boolean leave(Turn turn, Stretch own) {
    if (workers == 1) {
      return false;
    }
    end(own);
    turns.addFirst(turn);
    return true;
  }

  /// What was tried has an answer of its own; the others are not tried, for this reason.
  private void giveUp(Turn turn, String reason) throws InterruptedException {
    if (!run.isAborted()) {
      var target = run.targets().get(turn.place());
      run.tell(
          turn.place(),
          turn.last() == null ? TargetCheck.notPerformed(target, reason) : turn.last());
    }
  }

  private synchronized void slowDown() {
    most = Math.max(1, workers - 1);
    calm = 0;
  }

  /// Whether the worker goes on after a target that went well.
  private synchronized boolean settle(Stretch own) {
    if (most < run.settings().connectionsPerInstance()) {
      calm++;
      if (calm >= CALM * most) {
        calm = 0;
        most++;
      }
    }
    if (workers > most) {
      end(own);
      return false;
    }
    return true;
  }

  private void answered(EngineVersion version) {
    breaker.answered();
    turns.answered(version.engine());
    synchronized (this) {
      var wanted = Math.min(most, turns.left() + 1);
      while (workers < wanted && !run.stop().isStopped()) {
        workers++;
        fanout.fork(this::work);
      }
    }
  }
}
