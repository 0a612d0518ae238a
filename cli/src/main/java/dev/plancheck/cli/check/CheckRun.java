// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import static java.util.stream.Collectors.groupingBy;

import dev.plancheck.checks.Checks;
import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.advise.SyntaxJudge;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.cli.check.CheckReport.CheckedDatabase;
import dev.plancheck.cli.check.CheckReport.CheckedScript;
import dev.plancheck.cli.input.ScriptFile;
import dev.plancheck.cli.terminal.Progress;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.Rules;
import dev.plancheck.targets.Targets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One plan with a spec per script, checked in this process over storage in memory.
final class CheckRun {
  private static final String PROJECT = "check";

  private final Setup setup;
  private final TargetList targets;
  private final Progress progress;
  private final Memory memory = new Memory(Clock.systemUTC());

  /// What to check by; without a judge a statement that the grammar rejects stays "could not be
  /// parsed".
  record Setup(
      PolicyTerms policy,
      RunSettings settings,
      @Nullable SyntaxJudge judge,
      GhostOptions ghost,
      Map<String, String> environment) {}

  CheckRun(Setup setup, TargetList targets, Progress progress) {
    this.setup = setup;
    this.targets = targets;
    this.progress = progress;
  }

  /// Blocks until all is checked or a time limit is over.
  CheckReport run(List<ScriptFile> scripts) throws InterruptedException {
    register();
    var ports = memory.ports();
    var connector =
        new Targets(
            ports.instances()::get,
            targets.passwords(setup.environment()),
            GhostOptions.program(setup.environment()));
    var checksSetup =
        new Checks.Setup(
            OwnPolicy.only(setup.policy()), Rules.VERSION, setup.settings(), setup.judge());
    try (var checks = Checks.start(ports, connector, checksSetup, List.of(), Clock.systemUTC())) {
      var ending = new Thread(() -> interrupt(checks), "plancheck-stop-check");
      Runtime.getRuntime().addShutdownHook(ending);
      try {
        var plan = checks.plans().create(PROJECT, PROJECT, specs(scripts), PROJECT).name();
        try (var _ = checks.runs().watch(plan, this::show)) {
          var run = checks.runs().await(checks.runs().start(plan, RunScope.WHOLE, "check"));
          return report(scripts, run, ports.runs().results(plan));
        }
      } finally {
        forget(ending);
      }
    }
  }

  /// Ctrl-C: ends what runs on the databases, and says so instead of a report of half of them.
  private void interrupt(Checks checks) {
    progress.sayLast("plancheck: interrupted, so there is no report; nothing was changed anywhere");
    checks.close();
  }

  private void register() {
    memory.projects().create(new Project(PROJECT, PROJECT, Project.Settings.DEFAULT));
    for (var instance : targets.instances()) {
      memory.instances().create(setup.ghost().instance(instance));
      memory.databases().sync(instance.id(), targets.databasesOf(instance));
    }
  }

  private List<Spec> specs(List<ScriptFile> scripts) {
    var specs = new ArrayList<Spec>();
    for (var file : scripts) {
      var sheet = memory.sheets().put(PROJECT, file.source().text());
      specs.add(setup.ghost().spec(id(specs.size()), sheet.sha256(), targets.databases()));
    }
    return specs;
  }

  private static String id(int index) {
    return "script-" + (index + 1);
  }

  private void show(PlanCheckRun run) {
    var counts = run.counts();
    var note = new ArrayList<String>();
    if (counts.error() > 0) {
      note.add("%,d errors".formatted(counts.error()));
    }
    if (counts.notPerformed() > 0) {
      note.add("%,d checks failed".formatted(counts.notPerformed()));
    }
    progress.show("checking", counts.done(), counts.targets(), String.join(", ", note));
  }

  private CheckReport report(List<ScriptFile> scripts, PlanCheckRun run, List<Result> results) {
    var bySpec = results.stream().collect(groupingBy(Result::spec, groupingBy(Result::target)));
    var checked = new ArrayList<CheckedScript>();
    for (var file : scripts) {
      checked.add(script(file, bySpec.getOrDefault(id(checked.size()), Map.of())));
    }
    var verdict = Objects.requireNonNullElse(run.verdict(), Verdict.INCOMPLETE);
    return new CheckReport(checked, run.status(), verdict, run.error());
  }

  private CheckedScript script(ScriptFile file, Map<DatabaseName, List<Result>> results) {
    var review = new ScriptReview(setup.judge());
    var statements =
        review.script(file.source().text(), EngineVersion.usual(targets.engine())).statements();
    var unanalysed =
        statements.stream()
            .filter(one ->
                one.statement() instanceof Statement.NotAnalysed
                    || one.statement() instanceof Statement.Rejected)
            .count();
    var databases =
        targets.databases().stream()
            .map(name ->
                CheckedDatabase.of(TargetList.shown(name), results.getOrDefault(name, List.of())))
            .toList();
    return new CheckedScript(file, statements.size(), (int) unanalysed, databases);
  }

  /// Never returns while the process ends: a report would come in pieces.
  private static void forget(Thread ending) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      Thread.currentThread().join();
    }
  }
}
