// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.engine.review.Status;

/// The numbers that lists and badges show, without opening any result.
///
/// `targets` are the chosen ones and `done` those of them that are finished; `matched` are all,
/// sampled out or not; `success`, `warning` and `error` count performed results by status;
/// `notPerformed` counts the others.
public record RunCounts(
    int matched, int targets, int done, int success, int warning, int error, int notPerformed) {
  public static RunCounts planned(int matched, int targets) {
    return new RunCounts(matched, targets, 0, 0, 0, 0, 0);
  }

  public RunCounts plus(Result result) {
    if (result.outcome() == Outcome.NOT_PERFORMED) {
      return new RunCounts(matched, targets, done, success, warning, error, notPerformed + 1);
    }
    return switch (result.finding().status()) {
      case SUCCESS ->
          new RunCounts(matched, targets, done, success + 1, warning, error, notPerformed);
      case WARNING ->
          new RunCounts(matched, targets, done, success, warning + 1, error, notPerformed);
      case ERROR ->
          new RunCounts(matched, targets, done, success, warning, error + 1, notPerformed);
    };
  }

  /// With one more finished target, whose results alone are counted in `of`.
  RunCounts plusTarget(RunCounts of) {
    return new RunCounts(
        matched,
        targets,
        done + 1,
        success + of.success,
        warning + of.warning,
        error + of.error,
        notPerformed + of.notPerformed);
  }

  public RunCounts withDone(int finished) {
    return new RunCounts(matched, targets, finished, success, warning, error, notPerformed);
  }

  /// The verdict of a run that ended with `status` and these counts.
  public Verdict verdict(RunStatus status) {
    if (status != RunStatus.DONE || notPerformed > 0 || done < targets) {
      return Verdict.INCOMPLETE;
    }
    if (error > 0) {
      return Verdict.FAIL;
    }
    return warning > 0 || targets < matched ? Verdict.WARN : Verdict.PASS;
  }

  public int count(Status status) {
    return switch (status) {
      case SUCCESS -> success;
      case WARNING -> warning;
      case ERROR -> error;
    };
  }
}
