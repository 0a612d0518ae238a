// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.catalogue;

import dev.plancheck.cli.terminal.ColorMode;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.Output;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.rules.Rules;
import dev.plancheck.rules.policy.Near;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `plancheck explain RULE`: the page of a rule.
@Command(
    name = "explain",
    description = "Shows the page of a rule: what it looks for, why, and the safe way.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plancheck explain index.create-without-concurrently",
      "  plancheck explain concurrently        a part of an id is enough if only one rule has it"
    })
public final class ExplainCommand implements Callable<Integer> {
  private static final int TEXT_COLUMNS = 88;

  private final Terminal terminal;

  @Parameters(paramLabel = "RULE", description = "id of a rule, as findings show it in brackets")
  private String rule = "";

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
    var id = resolve(rule.strip());
    var page = Rules.page(id).orElseThrow(() -> new IllegalStateException("no page for " + id));
    var paint = color.paint(terminal.out(), terminal.environment());
    var columns = Math.min(TEXT_COLUMNS, terminal.out().columns());
    new Output(terminal, null)
        .write(out -> {
          for (var line : PageRenderer.render(page, paint, columns)) {
            out.write(line + "\n");
          }
          for (var line : Facts.of(id, paint, columns)) {
            out.write(line + "\n");
          }
        });
    return 0;
  }

  private static String resolve(String typed) {
    var ids = Rules.infos().stream().map(RuleInfo::id).toList();
    if (ids.contains(typed)) {
      return typed;
    }
    var holding = typed.isEmpty() ? List.<String>of() : holding(typed, ids);
    if (holding.size() == 1) {
      return holding.getFirst();
    }
    var hint =
        holding.isEmpty()
            ? Near.hint(typed, ids)
            : " (it could be %s)".formatted(String.join(", ", holding));
    throw CommandException.usage(
        "there is no rule %s%s; 'plancheck rules' lists them all".formatted(typed, hint));
  }

  private static List<String> holding(String typed, List<String> ids) {
    return ids.stream().filter(id -> id.contains(typed)).toList();
  }
}
