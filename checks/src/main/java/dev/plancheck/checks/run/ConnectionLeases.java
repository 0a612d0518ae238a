// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.Optional;

/// The port that limits connections to an instance over all processes that work on runs: each open
/// connection takes one of the instance's slots. Each process has a port of its own.
public interface ConnectionLeases {
  /// Takes a slot, if one of the first `most` is free; else the wish is remembered for some
  /// seconds, for other processes that hold one to see.
  Optional<Lease> tryAcquire(String instance, int most);

  /// A slot held. One that is not renewed for 9 seconds is free again.
  interface Lease extends AutoCloseable {
    /// To be called every few seconds.
    State renew();

    /// Gives the slot back.
    @Override
    void close();
  }

  /// What a renewal found.
  enum State {
    /// Held, and no other process waits for the instance.
    KEPT,
    /// Held, but another process waits: it should be given back soon.
    WANTED,
    /// Not renewed in time: somebody else may have it.
    LOST
  }
}
