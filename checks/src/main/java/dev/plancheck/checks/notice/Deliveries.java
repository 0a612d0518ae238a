// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The port to where deliveries are kept. Times are the storage's.
public interface Deliveries {
  /// Pending ones whose time has come, oldest first, at most `ofEach` to one webhook and `limit` in
  /// all; none to webhooks that are not enabled.
  List<Outgoing> due(int limit, int ofEach);

  /// Counts the attempt that `sent` stood for and what came of it; with `pause` it is tried again
  /// after that time, else it is over. False, and nothing happens, if somebody else counted it.
  boolean record(Outgoing sent, Outcome outcome, @Nullable Duration pause);

  /// At most `limit` of a webhook, the newest first, with numbers below `before`; Long.MAX_VALUE
  /// begins.
  List<Delivery> list(String project, String webhook, int limit, long before);

  /// Removes what was stored longer ago, and of each webhook all but the newest `most` ended ones.
  void forget(Duration age, int most);
}
