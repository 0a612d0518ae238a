// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import java.util.Locale;

/// The flag `--format`.
public enum Format {
  /// For people: source excerpts, colours on a terminal.
  HUMAN,
  /// For programs: one stable document.
  JSON;

  /// As it is written on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
