// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.canary;

import java.time.Clock;

/// Breaks the law that the engine has no clock.
public final class ReadsTheClock {
  Clock clock = Clock.systemUTC();
}
