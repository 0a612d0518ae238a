// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

import java.util.Locale;
import java.util.Map;

/// The flag `--color`: AUTO colours what goes to a terminal.
public enum ColorMode {
  AUTO,
  ALWAYS,
  NEVER;

  /// NO_COLOR (see no-color.org) and TERM=dumb switch AUTO off; a flag wins over both.
  public Paint paint(Terminal.Stream stream, Map<String, String> environment) {
    return switch (this) {
      case ALWAYS -> new Paint(true);
      case NEVER -> new Paint(false);
      case AUTO ->
          new Paint(
              stream.isTerminal()
                  && environment.getOrDefault("NO_COLOR", "").isEmpty()
                  && !"dumb".equals(environment.get("TERM")));
    };
  }

  /// As it is written on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
