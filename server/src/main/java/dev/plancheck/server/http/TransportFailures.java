// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.plancheck.server.failure.Failures;

/// What goes wrong before a request is read or while nobody answers, in our words.
final class TransportFailures {
  private TransportFailures() {}

  static Status tooLarge() {
    return Failures.of(
        Code.RESOURCE_EXHAUSTED,
        "the request is too large (expected: at most %d MiB)"
            .formatted(Limits.MAX_REQUEST_BYTES >> 20));
  }

  static Status timedOut() {
    return Failures.of(
        Code.DEADLINE_EXCEEDED, "the request took too long and was given up; try again");
  }
}
