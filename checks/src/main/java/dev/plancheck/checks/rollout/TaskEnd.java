// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import java.time.Duration;
import java.util.List;

/// What is stored of how a task ended, wherever it is stored. `logged` tells whether the log of the
/// database has a line of it: whenever something was, or may have been, done.
public record TaskEnd(TaskState state, Task.Report report, boolean logged) {
  /// `foreign` tells that an earlier owner had sent COMMIT, of which nobody has heard: what is
  /// canceled then may be applied.
  ///
  /// Throws [IllegalArgumentException] for [ChangeOutcome.Busy], which is no end.
  public static TaskEnd of(ChangeOutcome outcome, boolean foreign) {
    return switch (outcome) {
      case ChangeOutcome.Applied(var statements, var earlier, _, _) ->
          new TaskEnd(TaskState.DONE, Task.Report.of(applied(statements, earlier)), true);
      case ChangeOutcome.Drifted(var expected, var found) ->
          new TaskEnd(
              TaskState.DRIFTED,
              Task.Report.of(
                  "the database is not what was checked (fingerprint %s, checked %s); a retry checks it again first"
                      .formatted(found, expected)),
              false);
      case ChangeOutcome.Failed(var error, var statement, var position, var applied) ->
          new TaskEnd(TaskState.FAILED, new Task.Report(error, statement, position, applied), true);
      case ChangeOutcome.Unknown(var why, var statement) ->
          new TaskEnd(TaskState.UNKNOWN, new Task.Report(why, statement, null, 0), true);
      case ChangeOutcome.Canceled(var applied) -> foreign ? lost() : canceled(applied);
      case ChangeOutcome.Busy(var why) ->
          throw new IllegalArgumentException("busy: %s (expected: an end)".formatted(why));
    };
  }

  private static String applied(List<AppliedStatement> statements, boolean earlier) {
    if (earlier) {
      return "it was applied by an earlier worker";
    }
    return statements.isEmpty() ? "there was nothing to change" : "";
  }

  private static TaskEnd canceled(int applied) {
    return new TaskEnd(
        TaskState.CANCELED, new Task.Report("canceled", null, null, applied), applied > 0);
  }

  /// Of a canceled task of which nobody knows what its last worker did.
  public static TaskEnd lost() {
    return new TaskEnd(
        TaskState.UNKNOWN,
        Task.Report.of("it was canceled, and what its last worker did is not known"),
        true);
  }

  /// What is stored of a statement that a person spoke for.
  public static AppliedStatement said(int statement, String actor) {
    return new AppliedStatement(
        statement, "applied, as %s said".formatted(actor), null, Duration.ZERO);
  }
}
