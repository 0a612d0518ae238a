// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.TargetReading;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.util.List;

/// GHOST_SYNC: an engine that gh-ost cannot serve is an error of the plan, not a check that failed.
public record GhostExecutor() {
  public List<Result> check(CheckTarget target, TargetReading reading)
      throws NotPerformedException {
    var finding =
        switch (reading.script().version().engine()) {
          case POSTGRESQL ->
              new Finding(
                  "",
                  Status.ERROR,
                  "gh-ost serves MySQL only",
                  "gh-ost cannot change a PostgreSQL database: turn gh-ost off in this spec.",
                  null);
          case MYSQL, MARIADB ->
              throw new NotPerformedException(
                  "whether gh-ost can change a %s database is not looked into yet"
                      .formatted(reading.script().version().engine().title()));
        };
    return List.of(Result.performed(target, CheckType.GHOST_SYNC, finding, null));
  }
}
