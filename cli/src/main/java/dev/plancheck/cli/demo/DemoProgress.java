// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.cli.terminal.Terminal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What the demo is doing, on standard error: a bar that moves on a terminal, plain lines
/// elsewhere.
final class DemoProgress {
  private static final int BAR = 30;

  private final PrintStream err;
  private final boolean moves;

  DemoProgress(Terminal terminal) {
    this.err = new PrintStream(terminal.err().bytes(), true, StandardCharsets.UTF_8);
    this.moves = terminal.err().isTerminal();
  }

  synchronized void say(String line) {
    err.println(moves ? "\r\u001b[K" + line : line);
  }

  /// `done` of `total`; only a terminal sees each of them.
  synchronized void show(String doing, int done, int total) {
    if (moves) {
      var full = BAR * done / Math.max(1, total);
      err.print(
          "\r\u001b[K%s [%s%s] %d/%d"
              .formatted(doing, "#".repeat(full), ".".repeat(BAR - full), done, total));
      err.flush();
    }
  }

  synchronized void clear() {
    if (moves) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
