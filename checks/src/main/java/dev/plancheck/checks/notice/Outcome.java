// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

/// What came of sending once.
public sealed interface Outcome {
  /// The receiver said that it has it: `status` is 2xx.
  record Accepted(int status) implements Outcome {}

  /// `status` is 0 when there was no answer. `error` says what was wrong, without address, secret
  /// or anything that the receiver answered. What is `forGood` is not tried again.
  record Refused(int status, String error, boolean forGood) implements Outcome {}
}
