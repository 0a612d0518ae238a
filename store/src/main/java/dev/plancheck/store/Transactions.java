// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// Transactions that take place as a whole or leave nothing.
final class Transactions {
  private Transactions() {}

  /// What `work` did is undone when it answers false, which is answered.
  static boolean whole(Jdbi jdbi, Predicate<Handle> work) {
    return get(jdbi, handle -> work.test(handle) ? Optional.of(true) : Optional.empty())
        .isPresent();
  }

  /// What `work` did is undone when it answers nothing, which is answered.
  static <T> Optional<T> get(Jdbi jdbi, Function<Handle, Optional<T>> work) {
    try (var handle = jdbi.open()) {
      handle.begin();
      try {
        var answer = work.apply(handle);
        if (answer.isPresent()) {
          handle.commit();
        } else {
          handle.rollback();
        }
        return answer;
      } catch (RuntimeException | Error e) {
        rollback(handle, e);
        throw e;
      }
    }
  }

  private static void rollback(Handle handle, Throwable why) {
    try {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (JdbiException e) {
      why.addSuppressed(e);
    }
  }
}
