// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.Trial.Copied;
import dev.plancheck.checks.ghost.Trial.Outcome;
import org.jspecify.annotations.Nullable;

/// What came of trying the ALTER on an empty copy: told beside what was foretold, of which it takes
/// nothing back.
final class TrialCheck {
  private TrialCheck() {}

  static void find(GhostCase here) {
    var trial = here.trial();
    if (trial == null) {
      return;
    }
    if (!trial.left().isEmpty()) {
      here.find(
          GhostCode.COPY_LEFT,
          null,
          "The copy on which the ALTER was tried could not be removed.",
          "Run `%s`.".formatted(trial.left()));
    }
    outcome(here, trial.outcome());
  }

  private static void outcome(GhostCase here, Outcome outcome) {
    switch (outcome) {
      case Outcome.Skipped(var why) -> skipped(here, why);
      case Outcome.Untold(var reason) -> here.findings().unknown(reason);
      case Outcome.NoScratch(var schema) ->
          here.find(
              GhostCode.SCRATCH_MISSING,
              null,
              "There is no database %s on the server to make a copy in.".formatted(schema),
              "Create it, or name another one in the instance's ghost_scratch_schema.");
      case Outcome.NoRight(var grant, var error) ->
          here.find(
              GhostCode.SCRATCH_GRANTS,
              null,
              "The user may not make a copy to try the ALTER on (error %d).".formatted(error),
              "Run `%s` (and create the database, if it is not there).".formatted(grant));
      case Outcome.Refused(var error, var message) ->
          here.find(
              GhostCode.ALTER_REFUSED,
              here.alter().span(),
              "The server refuses this ALTER on an empty copy of the table: error %d, %s."
                  .formatted(error, message),
              "Correct it.");
      case Outcome.Altered altered -> {
        CopyShape.find(here, altered);
        CopiedRows.find(here, altered.copied());
      }
    }
  }

  /// An error says already why the sheet is not for gh-ost.
  private static void skipped(GhostCase here, String why) {
    if (!here.findings().hasErrors()) {
      here.find(
          GhostCode.COPY_SKIPPED,
          null,
          "The ALTER was not tried on an empty copy: %s.".formatted(why),
          "What is said of it is foretold.");
    }
  }

  /// Whether every row of the table was copied, and the server warned of nothing.
  static boolean wasWhole(@Nullable Trial trial) {
    return trial != null
        && trial.outcome() instanceof Outcome.Altered altered
        && altered.copied() instanceof Copied.Rows rows
        && rows.isWhole()
        && CopiedRows.isWithoutLoss(rows);
  }

  /// A sentence for the success; empty where nothing was tried.
  static String said(@Nullable Trial trial) {
    if (trial == null || !(trial.outcome() instanceof Outcome.Altered altered)) {
      return "";
    }
    var work = altered.work();
    var how =
        work == null
            ? "The server made it on an empty copy"
            : "The server made it on an empty copy (%s%s)"
                .formatted(work.algorithm(), work.blocksWrites() ? ", writes wait" : "");
    var rows =
        altered.copied() instanceof Copied.Rows copied && copied.arrived() > 0
            ? " and %,d rows arrived there whole; that says nothing of others"
                .formatted(copied.arrived())
            : "";
    return how + rows + ".";
  }
}
