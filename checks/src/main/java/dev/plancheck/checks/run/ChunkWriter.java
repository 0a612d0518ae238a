// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.run.StopSignal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stores what a shard's targets found, in batches: twice a second, or sooner when a batch is full.
/// Who brings more than storage takes has to wait.
///
/// `lost` is set once the shard is somebody else's, or storage was given up; from then on nothing
/// is taken.
final class ChunkWriter implements CheckRunner.Sink {
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration LOOK_UP = Duration.ofMillis(200);
  private static final int MOST = 250;

  /// Of no target: the end.
  private record Item(@Nullable CheckedTarget target) {}

  private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>(4 * MOST);
  private final Shards shards;
  private final Shards.Claim claim;
  private final Insistence insistence;
  private final StopSignal stop;
  private final Thread thread;
  private volatile boolean lost;

  ChunkWriter(Shards shards, Shards.Claim claim, Insistence insistence, StopSignal stop) {
    this.shards = shards;
    this.claim = claim;
    this.insistence = insistence;
    this.stop = stop;
    this.thread = Thread.ofVirtual().name("store " + claim.key()).start(this::write);
  }

  @Override
  public void take(CheckedTarget target) throws InterruptedException {
    put(new Item(target));
  }

  private void put(Item item) throws InterruptedException {
    while (!lost && !waiting.offer(item, LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)) {
      // Asks again whether anybody still takes it.
    }
  }

  /// Stores what is waiting, and ends.
  void finish() throws InterruptedException {
    put(new Item(null));
    thread.join();
  }

  /// Whether everything that was taken is stored, once it ended.
  boolean isComplete() {
    return !lost;
  }

  private void write() {
    try {
      var goesOn = true;
      while (goesOn) {
        var batch = new ArrayList<CheckedTarget>();
        goesOn = gather(batch);
        if (!batch.isEmpty() && !store(batch)) {
          lose();
          return;
        }
      }
    } catch (InterruptedException e) {
      lose();
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      stop.stop(new Reason.Failed(new InternalErrors().tell("storing " + claim.key(), e)));
      lose();
    }
  }

  private void lose() {
    lost = true;
    waiting.clear();
  }

  /// False when no more will come.
  private boolean gather(List<CheckedTarget> batch) throws InterruptedException {
    var item = waiting.take();
    var end = System.nanoTime() + EVERY.toNanos();
    while (item != null) {
      if (item.target() == null) {
        return false;
      }
      batch.add(item.target());
      item =
          batch.size() < MOST
              ? waiting.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
              : null;
    }
    return true;
  }

  private boolean store(List<CheckedTarget> batch) throws InterruptedException {
    var stored = insistence.ask("store results of", () -> shards.append(claim, batch));
    if (stored.isPresent() && !stored.get()) {
      stop.stop(new Reason.Canceled());
    }
    return stored.orElse(false);
  }
}
