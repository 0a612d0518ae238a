// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.regex.Pattern;

/// The name of a plan: `projects/{project}/plans/{number}`, numbers from 1 in each project.
public record PlanName(String project, long number) {
  private static final Pattern FORM = Pattern.compile("projects/([^/]+)/plans/([1-9][0-9]{0,17})");

  /// Throws IllegalArgumentException for a text of another form.
  public static PlanName parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "plan name: %s (expected: projects/{project}/plans/{number})".formatted(text));
    }
    return new PlanName(matcher.group(1), Long.parseLong(matcher.group(2)));
  }

  @Override
  public String toString() {
    return "projects/" + project + "/plans/" + number;
  }
}
