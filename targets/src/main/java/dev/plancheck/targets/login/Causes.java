// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.login;

import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/// What lies behind a driver's failure.
public final class Causes {
  private Causes() {}

  /// The failure itself, or the nearest of its causes, that is of a kind; null if none is.
  public static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> wanted) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (wanted.isInstance(at)) {
        return wanted.cast(at);
      }
    }
    return null;
  }

  /// Whether nobody answered, where else somebody refused.
  public static boolean isTimeout(ConnectException failure) {
    return String.valueOf(failure.getMessage()).contains("timed out");
  }
}
