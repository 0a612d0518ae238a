// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.TargetReading;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// GHOST_SYNC: whether gh-ost could make the change, and what would be lost. An engine that gh-ost
/// cannot serve is an error of the plan, not a check that failed.
public record GhostExecutor() {
  private static final int MOST_QUESTIONS = 20;

  private static final Set<GhostCode> CANNOT_BE_MADE =
      Set.of(
          GhostCode.NO_TABLE,
          GhostCode.OTHER_DATABASE,
          GhostCode.ALTER_FAILS,
          GhostCode.ALTER_REFUSED);

  private static final Finding POSTGRESQL =
      new Finding(
          "",
          Status.ERROR,
          "gh-ost serves MySQL only",
          "gh-ost cannot change a PostgreSQL database: turn gh-ost off in this spec.",
          null);

  public List<Result> check(CheckTarget target, TargetReading reading)
      throws NotPerformedException {
    var found =
        switch (reading.script().version().engine()) {
          case POSTGRESQL -> List.of(POSTGRESQL);
          case MYSQL, MARIADB -> mysql(target, reading);
        };
    return found.stream()
        .map(finding -> Result.performed(target, CheckType.GHOST_SYNC, finding, null))
        .toList();
  }

  private static List<Finding> mysql(CheckTarget target, TargetReading reading)
      throws NotPerformedException {
    var sheet =
        new Sheet(
            reading.script(),
            target.target().database(),
            target.ghostFlags(),
            reading.before().size());
    var found = new ArrayList<>(judge(sheet, reading::ghost));
    if (found.stream().noneMatch(GhostExecutor::saysItCannotBeMade)) {
      notNeeded(reading).ifPresent(found::add);
    }
    return found;
  }

  /// Where the server would not make the ALTER either.
  private static boolean saysItCannotBeMade(Finding finding) {
    return CANNOT_BE_MADE.stream().anyMatch(code -> finding.rule().equals(code.id()));
  }

  /// Nothing is said where the catalogue could not be read: other checks tell that.
  private static Optional<Finding> notNeeded(TargetReading reading) {
    try {
      return NotNeeded.find(reading.script(), reading.snapshot().schema(), tried(reading));
    } catch (NotPerformedException _) {
      return Optional.empty();
    }
  }

  /// What the server did on a copy; null if that is not known.
  private static @Nullable Work tried(TargetReading reading) {
    try {
      var trial = reading.ghost().trial();
      return trial != null && trial.outcome() instanceof Trial.Outcome.Altered altered
          ? altered.work()
          : null;
    } catch (NotPerformedException _) {
      return null;
    }
  }

  /// The table that has to be looked at for a script; empty if nothing about it could help.
  public static Optional<ObjectName> table(Script script) {
    return GhostAlter.of(script).map(GhostAlter::table);
  }

  /// What is to be judged: a script for a database, gh-ost's flags, and how many sheets run before.
  public record Sheet(
      Script script, String database, SortedMap<String, String> flags, int sheetsBefore) {
    public Sheet {
      flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
    }
  }

  /// Tells what a server said, or why it could not be asked.
  public interface FactsSource {
    GhostFacts facts() throws NotPerformedException;
  }

  /// The facts of a table, and, where the instance lets us look at its data, whether there are rows
  /// that would be lost, and where it lets us make a copy, what came of that, and what gh-ost
  /// itself says. Looks no further once `stopped`.
  public static GhostFacts read(
      GhostSession session, ObjectName table, Sheet sheet, BooleanSupplier stopped)
      throws TargetException, NotPerformedException {
    var facts = session.facts(table);
    if (!session.looksAtData()) {
      return facts;
    }
    var findings = new Findings(sheet.script().source());
    var _ = judge(sheet, () -> facts, findings);
    var rows = new TreeMap<String, Answer<Boolean>>();
    for (var question : findings.questions()) {
      if (!stopped.getAsBoolean() && rows.size() < MOST_QUESTIONS) {
        rows.put(question, session.findsRow(question));
      }
    }
    var asked = facts.withRows(rows);
    return session.triesOnCopies() && !stopped.getAsBoolean()
        ? tried(session, sheet, asked)
        : asked;
  }

  /// Only of a table that is there, and of a sheet that the judgement goes on with.
  private static GhostFacts tried(GhostSession session, Sheet sheet, GhostFacts facts)
      throws TargetException, NotPerformedException {
    var alter = GhostAlter.of(sheet.script());
    if (alter.isEmpty()
        || !isOfTheTarget(sheet, alter.get())
        || !(facts.table() instanceof Answer.Told(var found))
        || !(found.relation() instanceof GhostFacts.Relation.Base base)) {
      return facts;
    }
    if (sheet.sheetsBefore() > 0) {
      return facts.withTrial(
          new Trial(
              new Trial.Outcome.Skipped("a copy now would lack what earlier sheets of the plan do"),
              ""));
    }
    return switch (TrialSheet.of(alter.get(), facts.server(), base)) {
      case TrialSheet.Choice.Leave(var why) ->
          facts.withTrial(new Trial(new Trial.Outcome.Skipped(why), ""));
      case TrialSheet.Choice.Try(var order) -> {
        var after = facts.withTrial(session.tryOnCopy(order));
        var noop = new NoopOrder(order.database(), order.table(), order.body(), sheet.flags());
        yield session.runsGhost() && isFine(sheet, after)
            ? after.withNoop(session.noop(noop))
            : after;
      }
    };
  }

  /// gh-ost itself makes tables beside the original, drops what has their names, and, if it is told
  /// to switch to row-based replication, does: it is asked only where nothing speaks against it.
  private static boolean isFine(Sheet sheet, GhostFacts facts) throws NotPerformedException {
    var findings = new Findings(sheet.script().source());
    var _ = judge(sheet, () -> facts, findings);
    return !findings.hasErrors()
        && !findings.leavesOpen()
        && !new GhostFlags(sheet.flags()).is(GhostFlag.SWITCH_TO_RBR);
  }

  private static boolean isOfTheTarget(Sheet sheet, GhostAlter alter) {
    var findings = new Findings(sheet.script().source());
    SheetCheck.find(alter, sheet.database(), findings);
    return !findings.has(GhostCode.OTHER_DATABASE);
  }

  /// At least one finding; what the sheet alone shows is told even if the server could not be
  /// asked.
  public static List<Finding> judge(Sheet sheet, FactsSource source) throws NotPerformedException {
    return judge(sheet, source, new Findings(sheet.script().source()));
  }

  private static List<Finding> judge(Sheet sheet, FactsSource source, Findings findings)
      throws NotPerformedException {
    var script = sheet.script();
    var alter = GhostAlter.of(script).orElse(null);
    if (alter == null) {
      GhostAlter.refuse(script, findings);
      return findings.list();
    }
    GhostFlags.flaw(sheet.flags())
        .ifPresent(flaw -> findings.add(GhostCode.FLAGS, null, flaw + ".", "Correct it."));
    SheetCheck.find(alter, sheet.database(), findings);
    SheetCheck.earlier(sheet.sheetsBefore(), findings);
    if (findings.has(GhostCode.FLAGS) || findings.has(GhostCode.OTHER_DATABASE)) {
      return findings.list();
    }
    try {
      return GhostJudgement.of(alter, new GhostFlags(sheet.flags()), source.facts(), findings);
    } catch (NotPerformedException e) {
      if (!findings.hasErrors()) {
        throw e;
      }
      findings.unknown(e.cause());
      return findings.list();
    }
  }
}
