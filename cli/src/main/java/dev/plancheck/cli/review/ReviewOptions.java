// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.review;

import dev.plancheck.cli.report.FailOn;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.rules.Rules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of every command that reviews scripts.
public final class ReviewOptions {
  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "which rules are off, a warning or an error, in YAML or JSON; see docs/policy.md")
  private @Nullable String policy;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "${COMPLETION-CANDIDATES}: from which severity on the exit code is 1 (default:"
              + " ${DEFAULT-VALUE})")
  private FailOn failOn = FailOn.ERROR;

  @Option(
      names = "--no-judge",
      description =
          "start no PostgreSQL to judge syntax, which is faster: what the grammar rejects is then"
              + " only \"could not be parsed\", and errors that it lets pass are not found")
  private boolean notJudged;

  public boolean isJudged() {
    return !notJudged;
  }

  public FailOn failOn() {
    return failOn;
  }

  /// Every rule at its usual severity when no file is named.
  public PolicyTerms policy(Terminal terminal) {
    return policy == null
        ? new PolicyTerms(Rules.defaultPolicy())
        : PolicyFile.read(terminal, policy).terms();
  }
}
