// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.policies;

import com.google.gson.JsonObject;
import dev.plancheck.cli.terminal.CommandException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a policy governs, by the flags of a command.
final class Scope {
  private static final int LONGEST_ID = 63;

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "governs databases of the project's plans only")
  private @Nullable String project;

  @Option(
      names = "--environment",
      paramLabel = "ENVIRONMENT",
      description = "governs databases of the environment only")
  private @Nullable String environment;

  /// `projects/{project}`, or the empty text for all.
  String project() {
    return project == null ? "" : "projects/" + PolicyCalls.id("--project", project);
  }

  /// `environments/{environment}`, or the empty text for all.
  String environment() {
    return environment == null
        ? ""
        : "environments/" + PolicyCalls.id("--environment", environment);
  }

  boolean isOf(JsonObject policy) {
    return PolicyCalls.text(policy, "project").equals(project())
        && PolicyCalls.text(policy, "environment").equals(environment());
  }

  /// What a new policy is called unless somebody says otherwise: `shop-production`.
  String usualId() {
    var id =
        project == null
            ? environment == null ? "everything" : environment
            : environment == null ? project : project + "-" + environment;
    if (id.length() > LONGEST_ID) {
      throw CommandException.usage(
          "--id: not given (expected: a name of at most %d characters; %s has %d)"
              .formatted(LONGEST_ID, id, id.length()));
    }
    return id;
  }
}
