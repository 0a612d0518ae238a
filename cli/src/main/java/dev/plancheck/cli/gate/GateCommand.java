// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.gate;

import dev.plancheck.cli.client.ServerClient;
import dev.plancheck.cli.client.ServerException;
import dev.plancheck.cli.client.ServerOptions;
import dev.plancheck.cli.limits.DurationConverter;
import dev.plancheck.cli.report.OutputOptions;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.ExitCode;
import dev.plancheck.cli.terminal.Progress;
import dev.plancheck.cli.terminal.Terminal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `plancheck gate`: asks a server whether a plan may go, and tells it by the exit code.
@Command(
    name = "gate",
    description = "Asks a server whether a plan may go.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plancheck gate projects/shop/plans/7",
      "  plancheck gate shop/7 --wait 10m      for a pipeline: waits for checks and approvals",
      "  plancheck gate shop/7 --purpose approval --format json",
      "",
      "It is the very gate that approvals and rollouts pass through. What is missing, unfinished,",
      "stale or unknown shuts it. With --wait it is asked again while only running checks or a",
      "decision of people is missing; anything else is said at once.",
      "",
      "Exit codes: 0 open, 1 blocked, 2 wrong usage or no such plan, 3 the server did not answer."
    })
public final class GateCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Pattern PLAN =
      Pattern.compile("(?:projects/)?([a-z][a-z0-9-]{0,62})/(?:plans/)?([1-9][0-9]{0,17})");

  private final Terminal terminal;

  @Parameters(paramLabel = "PLAN", description = "projects/PROJECT/plans/NUMBER, or PROJECT/NUMBER")
  private String plan = "";

  @Option(
      names = "--purpose",
      paramLabel = "PURPOSE",
      description = "rollout (default), or approval: then none is needed yet")
  private String purpose = "rollout";

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how long to wait for what others end, as 30s, 10m or 2h (default: not at all)")
  private Duration patience = Duration.ZERO;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOptions options = new OutputOptions();

  public GateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    var name = name();
    var path = "/v1/%s:evaluateGate?purpose=%s".formatted(name, purpose());
    var output = options.output(terminal);
    var paint = options.paint(terminal);
    var report = await(name, path);
    output.write(
        switch (options.format()) {
          case HUMAN -> out -> GateFormat.writeHuman(out, report, paint);
          case JSON -> out -> GateFormat.writeJson(out, report);
        });
    return report.isOpen() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private GateReport await(String name, String path) throws InterruptedException {
    try (var client = server.open(terminal);
        var progress = new Progress(terminal)) {
      return await(client, name, path, progress);
    }
  }

  /// A server that is away for a moment is waited for like anything else.
  private GateReport await(ServerClient client, String name, String path, Progress progress)
      throws InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    while (true) {
      var last = System.nanoTime() - end >= 0;
      try {
        var report = GateReport.of(name, client.get(path));
        if (last || !report.mayOpen()) {
          return report;
        }
        progress.show("waiting: " + report.reasons().getFirst().message());
      } catch (ServerException e) {
        if (last || !e.isPassing()) {
          throw e;
        }
        progress.show("waiting: " + e.getMessage());
      }
      Thread.sleep(PAUSE);
    }
  }

  private String name() {
    var parts = PLAN.matcher(plan);
    if (!parts.matches()) {
      throw CommandException.usage(
          "plan: %s (expected: projects/PROJECT/plans/NUMBER, or PROJECT/NUMBER)".formatted(plan));
    }
    return "projects/%s/plans/%s".formatted(parts.group(1), parts.group(2));
  }

  private String purpose() {
    return switch (purpose.toLowerCase(Locale.ROOT)) {
      case "rollout" -> "ROLLOUT";
      case "approval" -> "APPROVAL";
      default ->
          throw CommandException.usage(
              "--purpose: %s (expected: rollout or approval)".formatted(purpose));
    };
  }
}
