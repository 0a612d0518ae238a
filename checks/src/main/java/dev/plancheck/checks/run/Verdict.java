// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

/// What a finished run says. INCOMPLETE wins over everything: some check was not made.
public enum Verdict {
  PASS,
  WARN,
  FAIL,
  INCOMPLETE
}
