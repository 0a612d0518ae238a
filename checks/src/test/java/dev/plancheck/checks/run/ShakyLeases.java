// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Leases of a storage that sometimes fails, or does not answer until it is released.
final class ShakyLeases implements ConnectionLeases {
  private final ConnectionLeases leases;
  private final CountDownLatch released = new CountDownLatch(1);
  final AtomicInteger asked = new AtomicInteger();
  volatile boolean failing;
  volatile boolean silent;
  volatile boolean losing;

  ShakyLeases(ConnectionLeases leases) {
    this.leases = leases;
  }

  void release() {
    silent = false;
    released.countDown();
  }

  @Override
  public Optional<Lease> tryAcquire(String instance, int most) {
    asked.incrementAndGet();
    trouble();
    return leases.tryAcquire(instance, most).map(ShakyLease::new);
  }

  private void trouble() {
    if (failing) {
      throw new IllegalStateException("the storage is down");
    }
    if (silent) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class ShakyLease implements Lease {
    private final Lease lease;

    ShakyLease(Lease lease) {
      this.lease = lease;
    }

    @Override
    public State renew() {
      trouble();
      return losing ? State.LOST : lease.renew();
    }

    @Override
    public void close() {
      trouble();
      lease.close();
    }
  }
}
