// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.run.ConnectionLeases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The leases that this process holds on connections to one instance. Those given back stay for a
/// moment, so that the next target needs no round trip to the storage; when other processes wait,
/// half of them go back.
///
/// Everything is guarded by the object's lock, and the storage is never asked under it: whoever
/// waits here can stop waiting even while the storage does not answer. `held` has every lease, and
/// `idle` those of them that nobody uses.
final class LeasePool {
  private static final Logger LOG = LoggerFactory.getLogger(LeasePool.class);

  /// A question without answer for so long will hardly have one.
  private static final Duration SILENT = Duration.ofSeconds(1);

  /// `idle` is how long an unused lease stays, `renew` the time between two renewals, `trusted` how
  /// long a lease is used without one (less than storage waits for it), `polite` how long nothing
  /// new is taken after one was given back because others wait, `retry` the pause after a refusal.
  record Timing(Duration idle, Duration renew, Duration trusted, Duration polite, Duration retry) {
    static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(7),
            Duration.ofMillis(300),
            Duration.ofMillis(150));
  }

  /// A lease with what this process knows of it.
  static final class Held {
    private final Lease lease;
    private Instant renewed;
    private Instant released;
    private boolean unwelcome;

    Held(Lease lease, Instant asked, Instant now) {
      this.lease = lease;
      this.renewed = asked;
      this.released = now;
    }
  }

  private final String instance;
  private final int most;
  private final ConnectionLeases leases;
  private final InstantSource clock;
  private final Timing timing;
  private final Set<Held> held = new HashSet<>();
  private final Deque<Held> idle = new ArrayDeque<>();
  private CompletableFuture<Void> changed = new CompletableFuture<>();
  private Instant askAfter = Instant.MIN;
  private Instant asked = Instant.MIN;
  private boolean asking;
  private boolean failing;
  private boolean closed;

  LeasePool(
      String instance, int most, ConnectionLeases leases, InstantSource clock, Timing timing) {
    this.instance = instance;
    this.most = most;
    this.leases = leases;
    this.clock = clock;
    this.timing = timing;
  }

  /// A lease for the caller, or nothing yet: then the storage is being asked, and [#changed] tells
  /// of its answer.
  synchronized Optional<Held> take() {
    var now = clock.instant();
    for (var lease = idle.pollLast(); lease != null; lease = idle.pollLast()) {
      if (isTrusted(lease, now)) {
        return Optional.of(lease);
      }
      drop(lease);
    }
    if (!asking && !closed && !now.isBefore(askAfter)) {
      asking = true;
      asked = now;
      Thread.ofVirtual().name("lease " + instance).start(this::ask);
    }
    return Optional.empty();
  }

  /// Done when it may be worth to [#take] again.
  synchronized CompletableFuture<Void> changed() {
    return changed;
  }

  /// The caller's connection is closed.
  synchronized void giveBack(Held lease) {
    var now = clock.instant();
    if (closed || lease.unwelcome || !isTrusted(lease, now)) {
      drop(lease);
      return;
    }
    lease.released = now;
    idle.addLast(lease);
    tellChange();
  }

  /// Renews what is due and gives back what is idle; to be called often, by one thread.
  void tend() {
    for (var lease : due()) {
      var asked = clock.instant();
      try {
        learn(lease, lease.lease.renew(), asked);
      } catch (RuntimeException e) {
        fail("renew", e);
      }
    }
  }

  /// Why nothing was to be had for so long.
  synchronized String cause(Duration waited) {
    var silent = asking && asked.plus(SILENT).isBefore(clock.instant());
    return failing || silent
        ? "no connection to instances/%s was allowed within %s: the storage that counts them does not answer"
            .formatted(instance, Patience.text(waited))
        : "no connection to instances/%s was free within %s: other runs use all %d"
            .formatted(instance, Patience.text(waited), most);
  }

  /// Gives everything back, used or not; nothing is handed out any more.
  void close() {
    List<Held> last;
    synchronized (this) {
      closed = true;
      last = List.copyOf(held);
      held.clear();
      idle.clear();
      tellChange();
    }
    last.forEach(lease -> close(lease.lease));
  }

  private void ask() {
    Optional<Lease> answer;
    try {
      answer = leases.tryAcquire(instance, most);
    } catch (RuntimeException e) {
      fail("grant", e);
      answered(Optional.empty());
      return;
    }
    synchronized (this) {
      failing = false;
    }
    answered(answer);
  }

  private synchronized void answered(Optional<Lease> answer) {
    var now = clock.instant();
    asking = false;
    if (answer.isEmpty()) {
      var jitter = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
      askAfter = now.plusMillis((long) (timing.retry.toMillis() * jitter));
    } else {
      var lease = new Held(answer.get(), asked, now);
      held.add(lease);
      if (closed) {
        drop(lease);
      } else {
        idle.addLast(lease);
      }
    }
    tellChange();
  }

  private synchronized List<Held> due() {
    var now = clock.instant();
    idle.removeIf(lease -> {
      var over = !isTrusted(lease, now) || !now.isBefore(lease.released.plus(timing.idle));
      if (over) {
        drop(lease);
      }
      return over;
    });
    return held.stream().filter(lease -> !now.isBefore(lease.renewed.plus(timing.renew))).toList();
  }

  private synchronized void learn(Held lease, ConnectionLeases.State state, Instant asked) {
    failing = false;
    if (!held.contains(lease)) {
      return;
    }
    switch (state) {
      case KEPT -> lease.renewed = asked;
      case WANTED -> {
        lease.renewed = asked;
        makeRoom();
      }
      case LOST -> {
        LOG.warn("a connection to instances/{} outlived its lease", instance);
        idle.remove(lease);
        drop(lease);
      }
    }
  }

  /// Half of the leases go, the odd one too; those in use when they are given back.
  private void makeRoom() {
    var going = held.stream().filter(lease -> lease.unwelcome).count();
    var wanted = Math.ceilDiv(held.size(), 2) - going;
    var candidates = new ArrayList<>(idle);
    held.stream().filter(lease -> !idle.contains(lease)).forEach(candidates::add);
    for (var lease : candidates) {
      if (wanted > 0 && !lease.unwelcome) {
        wanted--;
        lease.unwelcome = true;
        if (idle.remove(lease)) {
          drop(lease);
        }
      }
    }
    askAfter = clock.instant().plus(timing.polite);
  }

  private boolean isTrusted(Held lease, Instant now) {
    return held.contains(lease) && now.isBefore(lease.renewed.plus(timing.trusted));
  }

  private void drop(Held lease) {
    if (held.remove(lease)) {
      if (lease.unwelcome) {
        askAfter = clock.instant().plus(timing.polite);
      }
      Thread.ofVirtual().name("lease " + instance).start(() -> close(lease.lease));
    }
    tellChange();
  }

  private void tellChange() {
    var told = changed;
    changed = new CompletableFuture<>();
    told.complete(null);
  }

  private void close(Lease lease) {
    try {
      lease.close();
    } catch (RuntimeException e) {
      fail("take back", e);
    }
  }

  private synchronized void fail(String doing, RuntimeException failure) {
    if (!failing) {
      failing = true;
      LOG.warn("the storage did not {} a connection to instances/{}", doing, instance, failure);
    }
  }
}
