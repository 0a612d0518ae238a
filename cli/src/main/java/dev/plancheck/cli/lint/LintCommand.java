// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.lint;

import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.cli.input.ScriptFile;
import dev.plancheck.cli.input.ScriptReader;
import dev.plancheck.cli.judge.StartedJudge;
import dev.plancheck.cli.report.HumanFormat;
import dev.plancheck.cli.report.JsonFormat;
import dev.plancheck.cli.report.LintReport;
import dev.plancheck.cli.report.OutputOptions;
import dev.plancheck.cli.report.ScriptReport;
import dev.plancheck.cli.report.Text;
import dev.plancheck.cli.review.ReviewOptions;
import dev.plancheck.cli.terminal.Progress;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `plancheck lint`: reviews scripts as they are, without any database. What depends on a database
/// (which tables exist, how large they are) is taken for the worse.
@Command(
    name = "lint",
    description = "Reviews SQL scripts without any database.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plancheck lint migrations/                    every *.sql below a folder",
      "  plancheck lint V7.sql --engine-version 14     a script for PostgreSQL 14",
      "  plancheck lint db/ --engine mysql             scripts for MySQL; also mariadb",
      "  git show HEAD:V7.sql | plancheck lint -       standard input",
      "  plancheck lint . --format json --output findings.json",
      "  plancheck lint . --fail-on warning            for a strict build",
      "",
      "A syntax error is confirmed by a PostgreSQL of plancheck's own, which is started only when"
          + " the",
      "grammar rejects something, and executes nothing. For MySQL and MariaDB there is no such"
          + " judge:",
      "what the grammar rejects is a warning.",
      "",
      "A finding is silenced where it is right, with the reason:",
      "  -- plancheck:ignore index.create-without-concurrently the table is small",
      "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or unreadable input."
    })
public final class LintCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILES",
      arity = "1..*",
      description = "scripts, folders (all *.sql below, by path), or - for standard input")
  private List<String> files = List.of();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Mixin private ReviewOptions review = new ReviewOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  public LintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var version = engine.version();
    var to = output.output(terminal);
    var policy = review.policy(terminal).policy();
    var report = new LintReport(review(ScriptReader.read(terminal, files), policy, version));
    var paint = output.paint(terminal);
    var columns = terminal.out().columns();
    to.write(
        switch (output.format()) {
          case HUMAN -> out -> new HumanFormat(new Text(out, paint, columns)).write(report);
          case JSON -> out -> new JsonFormat(out).write(report);
        });
    return review.failOn().exitCode(report.worst());
  }

  private List<ScriptReport> review(
      List<ScriptFile> scripts, Policy policy, EngineVersion version) {
    var reports = new ArrayList<ScriptReport>();
    try (var progress = new Progress(terminal);
        var judge = new StartedJudge(progress)) {
      var judged = review.isJudged() && version.engine() == Engine.POSTGRESQL;
      if (judged) {
        judge.begin();
      }
      var one = new ScriptReview(judged ? judge : null);
      for (var file : scripts) {
        var script = one.script(file.source().text(), version);
        var result = one.review(script, Schema.unknown(version), policy);
        reports.add(
            new ScriptReport(file, result.statements(), result.unanalysed(), result.findings()));
      }
    }
    return reports;
  }
}
