// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.regex.Pattern;

/// The name of a release: `projects/{project}/releases/{release}`.
public record ReleaseName(String project, String id) {
  private static final Pattern FORM = Pattern.compile("projects/([^/]+)/releases/([^/]+)");

  /// Throws IllegalArgumentException for a text of another form.
  public static ReleaseName parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "release name: %s (expected: projects/{project}/releases/{release})".formatted(text));
    }
    return new ReleaseName(matcher.group(1), matcher.group(2));
  }

  @Override
  public String toString() {
    return "projects/" + project + "/releases/" + id;
  }
}
