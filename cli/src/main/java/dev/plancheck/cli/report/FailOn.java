// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import dev.plancheck.cli.terminal.ExitCode;
import dev.plancheck.engine.review.Status;
import java.util.Locale;

/// The flag `--fail-on`: from which severity on findings make the command fail.
public enum FailOn {
  ERROR,
  WARNING,
  NEVER;

  public int exitCode(Status worst) {
    var fails =
        switch (this) {
          case ERROR -> worst == Status.ERROR;
          case WARNING -> worst != Status.SUCCESS;
          case NEVER -> false;
        };
    return fails ? ExitCode.FINDINGS : ExitCode.OK;
  }

  /// As it is written on the command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
