// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a command is doing, on standard error: a bar that moves on a terminal, nothing elsewhere.
/// Safe for use by several threads.
public final class Progress implements AutoCloseable {
  private static final int BAR = 30;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream err;
  private final boolean moves;
  private final int columns;
  private @Nullable String shown;
  private boolean ended;

  public Progress(Terminal terminal) {
    this.err = new PrintStream(terminal.err().bytes(), true, StandardCharsets.UTF_8);
    this.moves = terminal.err().isTerminal();
    this.columns = terminal.err().columns();
  }

  /// A line that stays, whether on a terminal or not.
  public synchronized void say(String line) {
    if (ended) {
      return;
    }
    err.print((shown == null ? "" : CLEAR) + line + "\n" + (shown == null ? "" : shown));
    err.flush();
  }

  /// Takes the bar away and says the last line: what fails because of the end is not told any more.
  public synchronized void sayLast(String line) {
    close();
    say(line);
    ended = true;
  }

  /// `done` of `total`, and what there is to say about it.
  public synchronized void show(String doing, int done, int total, String note) {
    var full = BAR * done / Math.max(1, total);
    var bar = "#".repeat(full) + ".".repeat(BAR - full);
    show("%s [%s] %d/%d%s".formatted(doing, bar, done, total, note.isEmpty() ? "" : "  " + note));
  }

  public synchronized void show(String doing) {
    var line = Cells.cut(doing, columns - 1);
    if (moves && !ended && !line.equals(shown)) {
      err.print(CLEAR + line);
      err.flush();
      shown = line;
    }
  }

  /// Takes the bar away.
  @Override
  public synchronized void close() {
    if (shown != null) {
      err.print(CLEAR);
      err.flush();
      shown = null;
    }
  }
}
