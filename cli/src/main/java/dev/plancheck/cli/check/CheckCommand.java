// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import dev.plancheck.checks.run.Verdict;
import dev.plancheck.cli.input.ScriptReader;
import dev.plancheck.cli.judge.StartedJudge;
import dev.plancheck.cli.limits.LimitOptions;
import dev.plancheck.cli.report.OutputOptions;
import dev.plancheck.cli.report.Text;
import dev.plancheck.cli.review.ReviewOptions;
import dev.plancheck.cli.terminal.ExitCode;
import dev.plancheck.cli.terminal.Progress;
import dev.plancheck.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `plancheck check`: scripts against real databases, which are only read. The URL of a database
/// tells which SQL a script is read as.
@Command(
    name = "check",
    description =
        "Reviews SQL scripts on real databases, and says how many rows they change there.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plancheck check V7.sql --target postgresql://app@db1/shop",
      "  plancheck check V7.sql --target postgresql://app@db1/shop --target"
          + " postgresql://app@db2/shop",
      "  plancheck check V7.sql --target mysql://app@db3/shop    or mariadb://",
      "  plancheck check V7.sql --target mysql://app@db3/shop --ghost",
      "  plancheck check V7.sql --targets-file fleet.txt     one URL per line, # begins a comment",
      "  plancheck check V7.sql --targets-file fleet.txt --format json --output report.json",
      "",
      "Nothing is executed: plancheck reads the catalogue and asks for plans, in read-only",
      "transactions with time limits. Scripts are checked in the order given, each on the databases"
          + " as",
      "those before will leave them.",
      "A password is taken from the URL, PGPASSWORD or ~/.pgpass (MySQL and MariaDB: the URL or"
          + " MYSQL_PWD),",
      "and never shown.",
      "",
      "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or unreadable input,",
      "3 some database could not be checked."
    })
public final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILES",
      arity = "1..*",
      description =
          "scripts in the order in which they will run, folders (all *.sql below, 2.sql before"
              + " 10.sql), or - for standard input")
  private List<String> files = List.of();

  @Option(
      names = "--target",
      paramLabel = "URL",
      description =
          "a database: postgresql://user:password@host:port/database?sslmode=verify-full, or"
              + " mysql://, or mariadb://")
  private List<String> targets = List.of();

  @Option(
      names = "--targets-file",
      paramLabel = "FILE",
      description = "a file with one such URL per line")
  private @Nullable String targetsFile;

  @Mixin private GhostOptions ghost = new GhostOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Mixin private ReviewOptions review = new ReviewOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  public CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    ghost.requireSense();
    var list = TargetList.read(terminal, targets, targetsFile);
    var settings = limits.settings(list.servers());
    var to = output.output(terminal);
    var policy = review.policy(terminal);
    var scripts = ScriptReader.read(terminal, files);
    CheckReport report;
    try (var progress = new Progress(terminal);
        var judge = new StartedJudge(progress)) {
      var setup =
          new CheckRun.Setup(
              policy, settings, review.isJudged() ? judge : null, ghost, terminal.environment());
      report = new CheckRun(setup, list, progress).run(scripts);
    }
    var paint = output.paint(terminal);
    var columns = terminal.out().columns();
    to.write(
        switch (output.format()) {
          case HUMAN -> out -> new CheckHumanFormat(new Text(out, paint, columns)).write(report);
          case JSON -> out -> new CheckJsonFormat(out).write(report);
        });
    return exitCode(report);
  }

  /// What was not checked weighs more than what was found: nobody knows what it would have said.
  private int exitCode(CheckReport report) {
    return report.verdict() == Verdict.INCOMPLETE
        ? ExitCode.UNREACHABLE
        : review.failOn().exitCode(report.worst());
  }
}
