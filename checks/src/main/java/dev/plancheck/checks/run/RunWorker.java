// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.cache.LatestUsed;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.checks.run.StopSignal.Reason;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes one shard through its life: claims it, checks those of its targets that have no stored
/// results yet, stores what is found as it comes, and tells how it ended.
public final class RunWorker implements ShardWorker {
  /// Owners in a row that end without a word and without a finished target, before the attempt is
  /// taken for what kills them.
  private static final int MOST_BARREN = 5;

  private static final int REMEMBERED = 4;

  private record AttemptKey(long run, int attempt) {
    static AttemptKey of(ShardKey key) {
      return new AttemptKey(key.run(), key.attempt());
    }
  }

  private final Runs runs;
  private final Shards shards;
  private final CheckRunner runner;
  private final Duration limit;

  /// Attempts that were worked on last, as long as memory is not short.
  private final Map<AttemptKey, SoftReference<Attempt>> attempts = new LatestUsed<>(REMEMBERED);

  /// `limit` is the time that an attempt has, over all its owners.
  public RunWorker(Runs runs, Shards shards, CheckRunner runner, Duration limit) {
    this.runs = runs;
    this.shards = shards;
    this.runner = runner;
    this.limit = limit;
  }

  @Override
  public Ending work(ShardKey key, StopSignal stop) throws InterruptedException {
    if (stop.isStopped()) {
      return ending(stop);
    }
    var insistence = new Insistence("shard " + key, stop);
    var claim = insistence.ask("claim", () -> shards.claim(key)).flatMap(found -> found);
    if (claim.isPresent()) {
      new ShardWork(claim.get(), insistence, stop).run();
    }
    return ending(stop);
  }

  private static Ending ending(StopSignal stop) {
    return stop.reason().orElse(null) instanceof Reason.Leaving ? Ending.LEFT : Ending.OVER;
  }

  /// The work on one claimed shard.
  private final class ShardWork {
    private final Claim claim;
    private final Insistence insistence;
    private final StopSignal stop;

    ShardWork(Claim claim, Insistence insistence, StopSignal stop) {
      this.claim = claim;
      this.insistence = insistence;
      this.stop = stop;
    }

    void run() throws InterruptedException {
      if (claim.barren() >= MOST_BARREN) {
        stop.stop(
            new Reason.Failed(
                "its worker ended unexpectedly %d times in a row without finishing a target"
                    .formatted(claim.barren())));
      }
      var stored = true;
      try {
        stored = watchAndExecute();
      } catch (RuntimeException e) {
        stop.stop(new Reason.Failed(new InternalErrors().tell("checking " + claim.plan(), e)));
      }
      end(stored);
    }

    private boolean watchAndExecute() throws InterruptedException {
      var watch = insistence.ask("watch", () -> runs.watch(claim.plan(), this::hear));
      if (watch.isEmpty()) {
        return false;
      }
      try (var _ = watch.get()) {
        insistence
            .ask("read", () -> runs.get(claim.plan()))
            .flatMap(found -> found)
            .ifPresent(this::hear);
        return execute();
      }
    }

    private void hear(PlanCheckRun run) {
      if (run.attempt() != claim.key().attempt() || run.status().isFinal()) {
        stop.stop(new Reason.Canceled());
      }
    }

    /// False if what was found could not all be stored.
    private boolean execute() throws InterruptedException {
      var attempt = attempt();
      var finished = insistence.ask("read", () -> shards.finished(claim));
      if (attempt == null || finished.isEmpty()) {
        return false;
      }
      var places = new BitSet();
      places.set(claim.shard().first(), claim.shard().end());
      places.andNot(finished.get());
      var writer = new ChunkWriter(shards, claim, insistence, stop);
      try {
        runner.run(attempt, places, left(), stop, writer);
      } finally {
        writer.finish();
      }
      return writer.isComplete();
    }

    /// At least a moment, so that what is not reached is said in results.
    private Duration left() {
      var left = limit.minus(claim.running());
      return left.isPositive() ? left : Duration.ofMillis(1);
    }

    /// Null if the attempt is not stored any more.
    private @Nullable Attempt attempt() throws InterruptedException {
      var key = AttemptKey.of(claim.key());
      var known = remembered(key);
      if (known != null) {
        return known;
      }
      var config = insistence.ask("read", () -> shards.config(claim)).flatMap(found -> found);
      if (config.isEmpty()) {
        return null;
      }
      var attempt = runner.attempt(config.get(), claim.plan());
      synchronized (attempts) {
        attempts.put(key, new SoftReference<>(attempt));
      }
      return attempt;
    }

    private @Nullable Attempt remembered(AttemptKey key) {
      synchronized (attempts) {
        var reference = attempts.get(key);
        return reference == null ? null : reference.get();
      }
    }

    private void end(boolean stored) throws InterruptedException {
      switch (stop.reason().orElse(null)) {
        case Reason.Canceled _ -> {}
        case Reason.Leaving _ -> tell("release", shards::release);
        case Reason.Failed(var error) -> tell("fail", _ -> shards.fail(claim, error));
        case Reason.TimeLimit _ -> complete(stored);
        case null -> complete(stored);
      }
    }

    /// What is not stored is left to another owner.
    private void complete(boolean stored) throws InterruptedException {
      if (stored) {
        tell("complete", shards::complete);
      }
    }

    private void tell(String doing, Function<Claim, Boolean> call) throws InterruptedException {
      Optional<Boolean> _ = insistence.ask(doing, () -> call.apply(claim));
    }
  }
}
