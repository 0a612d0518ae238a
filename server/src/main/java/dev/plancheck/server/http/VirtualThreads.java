// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The executor that all blocking calls run on: a virtual thread each, and a bound so that a flood
/// of requests waits instead of growing without end.
final class VirtualThreads {
  private static final int MOST = 5_000;

  private VirtualThreads() {}

  static ScheduledExecutorService start() {
    var threads = Thread.ofVirtual().name("request-", 0).factory();
    var executor = new ScheduledThreadPoolExecutor(MOST, threads);
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
