// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.regex.Pattern;

/// The name of a database of an instance: `instances/{instance}/databases/{database}`. A database
/// may have any name the server allows, slashes included.
public record DatabaseName(String instance, String database) implements Comparable<DatabaseName> {
  private static final Pattern FORM =
      Pattern.compile("instances/([^/]+)/databases/(.+)", Pattern.DOTALL);

  /// Throws IllegalArgumentException for a text of another form.
  public static DatabaseName parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "database name: %s (expected: instances/{instance}/databases/{database})"
              .formatted(text));
    }
    return new DatabaseName(matcher.group(1), matcher.group(2));
  }

  @Override
  public int compareTo(DatabaseName other) {
    var byInstance = instance.compareTo(other.instance);
    return byInstance != 0 ? byInstance : database.compareTo(other.database);
  }

  @Override
  public String toString() {
    return "instances/" + instance + "/databases/" + database;
  }
}
