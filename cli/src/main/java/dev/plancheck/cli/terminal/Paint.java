// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

/// Colours by meaning, or none at all.
public record Paint(boolean on) {
  private static final String RESET = "\u001b[0m";

  public String error(String text) {
    return painted("1;31", text);
  }

  public String warning(String text) {
    return painted("1;33", text);
  }

  public String success(String text) {
    return painted("1;32", text);
  }

  /// Line numbers, bars and other frames around the text.
  public String frame(String text) {
    return painted("34", text);
  }

  public String strong(String text) {
    return painted("1", text);
  }

  public String faint(String text) {
    return painted("2", text);
  }

  /// SQL and other code.
  public String code(String text) {
    return painted("36", text);
  }

  private String painted(String code, String text) {
    return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
