// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.run.TargetCheck.Checked;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The targets of one instance, in plan order. It begins with one worker and takes more once the
/// instance has answered, so that a dead host holds one connection and not all of them; when it has
/// not answered a few times in a row, the rest of its targets are not tried.
///
/// `workers`, `failures` and `givenUp` are guarded by the object's lock; `next` hands every place
/// out once.
final class Lane {
  private static final int GIVE_UP_AFTER = 3;

  private final String instance;
  private final RunWork run;
  private final Fanout fanout;
  private final List<Integer> places;
  private final AtomicInteger next = new AtomicInteger();
  private int workers = 1;
  private int failures;
  private @Nullable String givenUp;

  /// `places` are places in the run's list of targets.
  Lane(String instance, List<Integer> places, RunWork run, Fanout fanout) {
    this.instance = instance;
    this.places = List.copyOf(places);
    this.run = run;
    this.fanout = fanout;
  }

  /// The work of one worker, the first or a further one.
  void work() throws InterruptedException {
    var goesOn = true;
    while (goesOn && !run.stop().isStopped()) {
      var place = next.getAndIncrement();
      if (place >= places.size()) {
        return;
      }
      goesOn = check(places.get(place));
    }
  }

  private boolean check(int place) throws InterruptedException {
    var target = run.targets().get(place);
    var cause = givenUp();
    if (cause != null) {
      run.tell(place, TargetCheck.notPerformed(target, cause));
      return true;
    }
    var start = run.clock().instant();
    var checked = new TargetCheck(run, target, this::answered).check();
    run.times().add(target.target(), Duration.between(start, run.clock().instant()));
    run.tell(place, checked.results());
    return learn(checked);
  }

  private synchronized @Nullable String givenUp() {
    return givenUp;
  }

  /// Whether the worker goes on.
  private synchronized boolean learn(Checked checked) {
    return switch (checked.contact()) {
      case NOT_TRIED, ANSWERED -> true;
      case UNREACHABLE -> {
        if (workers > 1) {
          workers--;
          yield false;
        }
        failures++;
        if (failures >= GIVE_UP_AFTER) {
          givenUp =
              "not tried, because instances/%s did not answer %d times in a row: %s"
                  .formatted(instance, failures, checked.cause());
        }
        yield true;
      }
    };
  }

  private synchronized void answered() {
    failures = 0;
    var most = Math.min(run.settings().connectionsPerInstance(), places.size() - next.get() + 1);
    while (workers < most && !run.stop().isStopped()) {
      workers++;
      fanout.fork(this::work);
    }
  }
}
