// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/// Several threads that begin a call at the same moment.
final class Parallel {
  private Parallel() {}

  /// Returns when all have ended; the first failure of a call is thrown.
  static void run(int count, IntConsumer call) throws InterruptedException {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ends = new ArrayList<Future<?>>();
      for (var index = 0; index < count; index++) {
        var number = index;
        ends.add(
            threads.submit(() -> {
              start.await();
              call.accept(number);
              return null;
            }));
      }
      start.countDown();
      for (var end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a call failed", e.getCause());
    }
  }
}
