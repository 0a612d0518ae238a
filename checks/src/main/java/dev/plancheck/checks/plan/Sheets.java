// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.Optional;

/// The port to where sheets are kept: once per text, never changed, never forgotten.
public interface Sheets {
  /// Keeps a text; the same text again is the same sheet.
  Sheet put(String text);

  /// By SHA-256, lower-case hex.
  Optional<Sheet> get(String sha256);
}
