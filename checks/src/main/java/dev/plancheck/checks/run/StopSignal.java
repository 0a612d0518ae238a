// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Tells everything that works for one run to stop, once, with the reason. Safe for use by several
/// threads; callbacks run on the thread that stops, or at once if it was stopped before, and must
/// not block.
public final class StopSignal {
  /// Why a run stops before its end.
  public sealed interface Reason {
    /// A user canceled it, or another worker has it now.
    record Canceled() implements Reason {}

    /// The process stops; another worker goes on with it.
    record Leaving() implements Reason {}

    /// Its time is over.
    record TimeLimit(Duration limit) implements Reason {}

    /// What it stands on failed; `error` is for people.
    record Failed(String error) implements Reason {}
  }

  /// Ends the interest in a signal.
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
  private final Set<Callback> callbacks = ConcurrentHashMap.newKeySet();

  private record Callback(Object identity, Runnable action) {}

  /// False if it was stopped before: the first reason stays.
  public boolean stop(Reason why) {
    if (!reason.compareAndSet(null, why)) {
      return false;
    }
    callbacks.forEach(this::call);
    return true;
  }

  public Optional<Reason> reason() {
    return Optional.ofNullable(reason.get());
  }

  public boolean isStopped() {
    return reason.get() != null;
  }

  public Registration onStop(Runnable action) {
    var callback = new Callback(new Object(), action);
    callbacks.add(callback);
    if (isStopped()) {
      call(callback);
    }
    return () -> callbacks.remove(callback);
  }

  /// Once, though the stop and the registration may meet.
  private void call(Callback callback) {
    if (callbacks.remove(callback)) {
      callback.action.run();
    }
  }
}
