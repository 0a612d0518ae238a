// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

/// What a webhook can be told of.
public enum NoticeEvent {
  /// An attempt of a plan's checks ended, however it ended.
  RUN_FINISHED,
  /// A plan was to go on, and the gate keeps it.
  GATE_BLOCKED,
  /// Somebody has to decide a step of an approval.
  APPROVAL_NEEDED,
  ROLLOUT_FAILED,
  ROLLOUT_DONE
}
