// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

/// The port by which whoever makes something happen tells it. The end of a run is told by the
/// storage itself, in the transaction that ends it.
public interface Notices {
  /// Stores a delivery to each webhook of the plan's project that asked for the event, durably, in
  /// one transaction; sending comes later and never holds up the caller. Without such a webhook
  /// nothing is stored.
  void tell(Notice notice);
}
