// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.regex.Pattern;

/// The name of a database group: `projects/{project}/databaseGroups/{group}`.
public record GroupName(String project, String id) {
  private static final Pattern FORM = Pattern.compile("projects/([^/]+)/databaseGroups/([^/]+)");

  /// Whether the text has the form of such a name.
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /// Throws IllegalArgumentException for a text of another form.
  public static GroupName parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "database group name: %s (expected: projects/{project}/databaseGroups/{group})"
              .formatted(text));
    }
    return new GroupName(matcher.group(1), matcher.group(2));
  }

  @Override
  public String toString() {
    return "projects/" + project + "/databaseGroups/" + id;
  }
}
