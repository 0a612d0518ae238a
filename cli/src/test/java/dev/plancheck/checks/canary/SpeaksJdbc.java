// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.canary;

import java.sql.Types;
import java.time.Instant;

/// Breaks two laws: checks speak no JDBC, and time comes from a clock that is handed in.
public final class SpeaksJdbc {
  Class<?> types = Types.class;
  Instant now = Instant.now();
}
