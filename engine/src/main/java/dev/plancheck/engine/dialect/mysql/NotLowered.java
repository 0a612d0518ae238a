// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

/// Raised where a form that the grammar accepts has no place in our statements: the whole statement
/// becomes `NotAnalysed` with this reason. Never leaves the package.
final class NotLowered extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  NotLowered(String what) {
    super(what, null, false, false);
    this.reason = what + " is not understood";
  }

  String reason() {
    return reason;
  }
}
