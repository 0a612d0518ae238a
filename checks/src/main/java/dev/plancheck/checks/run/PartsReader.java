// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.ghost.GhostExecutor;
import dev.plancheck.checks.summary.Summary;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.dialect.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Reads a target over its open session, part by part; a part that fails takes no other with it.
final class PartsReader {
  private final CheckTarget target;
  private final RunWork run;
  private final TargetReading reading;
  private final BooleanSupplier stopped;
  private final Function<TargetException, String> lost;

  /// `stopped` ends it before the next part; `lost` hears of what could not be asked, and puts it
  /// into words.
  PartsReader(
      CheckTarget target,
      RunWork run,
      TargetReading reading,
      BooleanSupplier stopped,
      Function<TargetException, String> lost) {
    this.target = target;
    this.run = run;
    this.reading = reading;
    this.stopped = stopped;
    this.lost = lost;
  }

  /// What these types of checks need; `before` are the scripts that run there first.
  void read(TargetSession open, List<Script> before, Script script, List<CheckType> types) {
    readSnapshot(open, before, script);
    if (types.contains(CheckType.STATEMENT_SUMMARY_REPORT)) {
      readEstimates(open, script);
    }
    if (types.contains(CheckType.GHOST_SYNC)) {
      readGhost(open, script);
    }
  }

  private void readSnapshot(TargetSession open, List<Script> before, Script script) {
    if (stopped.getAsBoolean()) {
      return;
    }
    try {
      var sheets = new ArrayList<>(reading.before());
      sheets.add(reading.sheet());
      var all = new ArrayList<>(before);
      all.add(script);
      var mentions = run.reviews().mentions(sheets, all);
      reading.tellSnapshot(
          open.snapshot(mentions, reading.governedBy().terms().borders()).after(before));
    } catch (TargetException e) {
      reading.failSnapshot(lost.apply(e));
    } catch (RuntimeException e) {
      reading.failSnapshot(run.errors().tell("reading the catalogue of " + target.target(), e));
    }
  }

  private void readEstimates(TargetSession open, Script script) {
    if (stopped.getAsBoolean()) {
      return;
    }
    try {
      var asked = Summary.toEstimate(script);
      reading.tellEstimates(asked.isEmpty() ? List.of() : open.estimate(script, asked));
    } catch (TargetException e) {
      reading.failEstimates(lost.apply(e));
    } catch (RuntimeException e) {
      reading.failEstimates(run.errors().tell("planning statements on " + target.target(), e));
    }
  }

  private void readGhost(TargetSession open, Script script) {
    var table = GhostExecutor.table(script);
    if (stopped.getAsBoolean() || table.isEmpty()) {
      return;
    }
    var ghost = open.ghost();
    if (ghost.isEmpty()) {
      reading.failGhost("gh-ost does not serve such a database, so that nothing was asked");
      return;
    }
    try {
      var sheet =
          new GhostExecutor.Sheet(
              script, target.target().database(), target.ghostFlags(), reading.before().size());
      reading.tellGhost(GhostExecutor.read(ghost.get(), table.get(), sheet, stopped));
    } catch (NotPerformedException e) {
      reading.failGhost(e.cause());
    } catch (TargetException e) {
      reading.failGhost(lost.apply(e));
    } catch (RuntimeException e) {
      reading.failGhost(
          run.errors().tell("looking at %s for gh-ost".formatted(target.target()), e));
    }
  }
}
