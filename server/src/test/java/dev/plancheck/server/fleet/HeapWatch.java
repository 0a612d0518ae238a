// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.fleet;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/// The most heap that this process used, and the most that was left after a collection, in bytes.
///
/// What is left after a young collection holds garbage of older days too. `insisting` collects
/// everything again and again, so that what is left is what is really held; then the rest of the
/// process is slow.
final class HeapWatch implements AutoCloseable {
  private static final int PAUSE_MS = 20;
  private static final int INSISTING_PAUSE_MS = 50;

  private final AtomicLong used = new AtomicLong();
  private final AtomicLong left = new AtomicLong();
  private final AtomicLong collections = new AtomicLong();
  private final boolean insisting;
  private final Thread thread;

  HeapWatch(boolean insisting) {
    this.insisting = insisting;
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, _) -> hear((CompositeData) notification.getUserData()), null, null);
    }
    this.thread = Thread.ofPlatform().daemon().name("heap watch").start(this::watch);
  }

  private void hear(CompositeData data) {
    var collection = GarbageCollectionNotificationInfo.from(data).getGcInfo();
    var pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    used.accumulateAndGet(sum(collection.getMemoryUsageBeforeGc(), pools), Math::max);
    left.accumulateAndGet(sum(collection.getMemoryUsageAfterGc(), pools), Math::max);
    collections.incrementAndGet();
  }

  private static long sum(Map<String, MemoryUsage> usage, Set<String> pools) {
    return usage.entrySet().stream()
        .filter(pool -> pools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  private void watch() {
    var memory = ManagementFactory.getMemoryMXBean();
    try {
      while (true) {
        used.accumulateAndGet(memory.getHeapMemoryUsage().getUsed(), Math::max);
        if (insisting) {
          System.gc();
        }
        Thread.sleep(insisting ? INSISTING_PAUSE_MS : PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long used() {
    return used.get();
  }

  long left() {
    return left.get();
  }

  long collections() {
    return collections.get();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
