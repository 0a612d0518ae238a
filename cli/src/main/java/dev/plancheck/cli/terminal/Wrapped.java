// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Text that is broken into lines of a width while it is added, piece by piece, each in its own
/// style. A word longer than a line stands alone.
public final class Wrapped {
  private static final Pattern PIECE = Pattern.compile("\\s+|\\S+");

  private final String indent;
  private final int columns;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder word = new StringBuilder();
  private int cells;
  private int wordCells;

  /// `indent` begins every line.
  public Wrapped(String indent, int columns) {
    this.indent = indent;
    this.columns = columns - Cells.width(indent);
  }

  public Wrapped add(String text, UnaryOperator<String> style) {
    var pieces = PIECE.matcher(text);
    while (pieces.find()) {
      var piece = pieces.group();
      if (piece.isBlank()) {
        endWord();
      } else {
        word.append(style.apply(Cells.printable(piece)));
        wordCells += Cells.width(piece);
      }
    }
    return this;
  }

  public Wrapped breakLine() {
    endWord();
    lines.add((indent + line).stripTrailing());
    line.setLength(0);
    cells = 0;
    return this;
  }

  public List<String> lines() {
    endWord();
    if (cells > 0) {
      breakLine();
    }
    return List.copyOf(lines);
  }

  private void endWord() {
    if (wordCells == 0) {
      return;
    }
    if (cells > 0 && cells + 1 + wordCells > columns) {
      lines.add(indent + line);
      line.setLength(0);
      cells = 0;
    }
    if (cells > 0) {
      line.append(' ');
      cells++;
    }
    line.append(word);
    cells += wordCells;
    word.setLength(0);
    wordCells = 0;
  }
}
