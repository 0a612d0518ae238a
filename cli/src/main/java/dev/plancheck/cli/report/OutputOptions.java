// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import dev.plancheck.cli.terminal.ColorMode;
import dev.plancheck.cli.terminal.Output;
import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.cli.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of every command that shows an answer.
public final class OutputOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format = Format.HUMAN;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write the answer to FILE, whole or not at all, instead of standard output")
  private @Nullable Path output;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, which respects NO_COLOR)")
  private ColorMode color = ColorMode.AUTO;

  public Format format() {
    return format;
  }

  /// Throws if the file could not be written later: call it before the work.
  public Output output(Terminal terminal) {
    return new Output(terminal, output);
  }

  /// A file gets no colours but by `--color always`.
  public Paint paint(Terminal terminal) {
    var stream = terminal.out();
    var target = output == null ? stream : new Terminal.Stream(stream.bytes(), false, 0);
    return color.paint(target, terminal.environment());
  }
}
