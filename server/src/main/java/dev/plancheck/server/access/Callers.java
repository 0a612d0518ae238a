// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.access;

import dev.plancheck.checks.access.Caller;

/// Who makes the call that this thread answers.
public final class Callers {
  private static final ScopedValue<Caller> CALLER = ScopedValue.newInstance();

  private Callers() {}

  /// Of services, in the thread that the call came in; other threads are told.
  public static Caller current() {
    return CALLER.orElseThrow(() ->
        new IllegalStateException("no call is answered here (expected: the thread of a call)"));
  }

  static void run(Caller caller, Runnable work) {
    ScopedValue.where(CALLER, caller).run(work);
  }
}
