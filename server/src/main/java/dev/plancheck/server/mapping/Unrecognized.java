// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.checks.ApiException;

/// An enum's value that this server does not know. The constraints refuse it before; this is for
/// the compiler, and for a message whose constraint was forgotten.
final class Unrecognized {
  private Unrecognized() {}

  static ApiException of(String field) {
    return ApiException.invalid(
        field, field + ": a value that this server does not know (expected: one of its enum)");
  }
}
