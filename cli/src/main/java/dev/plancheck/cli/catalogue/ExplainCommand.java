// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.catalogue;

import dev.plancheck.cli.terminal.ColorMode;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.Output;
import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.rules.policy.Near;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `plancheck explain ID`: the page of a rule, or of a finding of GHOST_SYNC.
@Command(
    name = "explain",
    description =
        "Shows the page of a rule: what it looks for, why, and the safe way; or what a finding of"
            + " GHOST_SYNC means, and what to do.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plancheck explain index.create-without-concurrently",
      "  plancheck explain ghost.left-over     a finding of GHOST_SYNC",
      "  plancheck explain concurrently        a part of an id is enough if only one has it",
      "  plancheck explain                     lists all that can be explained"
    })
public final class ExplainCommand implements Callable<Integer> {
  private static final int TEXT_COLUMNS = 88;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description =
          "id of a rule or of a finding, as findings show it in brackets; without one, all are"
              + " listed",
      completionCandidates = Topics.Ids.class)
  private String typed = "";

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, which respects NO_COLOR)")
  private ColorMode color = ColorMode.AUTO;

  public ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var paint = color.paint(terminal.out(), terminal.environment());
    var lines = typed.isBlank() ? Overview.lines(paint) : page(resolve(typed.strip()), paint);
    new Output(terminal, null)
        .write(out -> {
          for (var line : lines) {
            out.write(line + "\n");
          }
        });
    return 0;
  }

  private List<String> page(String id, Paint paint) {
    var page = Topics.page(id).orElseThrow(() -> new IllegalStateException("no page for " + id));
    var columns = Math.min(TEXT_COLUMNS, terminal.out().columns());
    var lines = new ArrayList<>(PageRenderer.render(page, paint, columns));
    lines.addAll(Facts.of(id, paint, columns));
    return lines;
  }

  private static String resolve(String typed) {
    var ids = Topics.ids();
    if (ids.contains(typed)) {
      return typed;
    }
    var holding = ids.stream().filter(id -> id.contains(typed)).toList();
    if (holding.size() == 1) {
      return holding.getFirst();
    }
    var hint =
        holding.isEmpty()
            ? Near.hint(typed, ids)
            : " (it could be %s)".formatted(String.join(", ", holding));
    throw CommandException.usage(
        "there is no %s %s%s; 'plancheck explain' lists them all"
            .formatted(typed.startsWith("ghost.") ? "finding" : "rule", typed, hint));
  }
}
