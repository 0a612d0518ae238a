// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import org.jspecify.annotations.Nullable;

/// The name of an object as the server will look it up: folded unless quoted, schema only if
/// written.
public record ObjectName(@Nullable String schema, String name) implements Comparable<ObjectName> {
  public static ObjectName of(String name) {
    return new ObjectName(null, name);
  }

  public static ObjectName of(@Nullable String schema, String name) {
    return new ObjectName(schema, name);
  }

  public ObjectName inSchema(String wanted) {
    return new ObjectName(wanted, name);
  }

  public ObjectName withName(String wanted) {
    return new ObjectName(schema, wanted);
  }

  @Override
  public int compareTo(ObjectName other) {
    var mine = schema == null ? "" : schema;
    var theirs = other.schema == null ? "" : other.schema;
    return mine.equals(theirs) ? name.compareTo(other.name) : mine.compareTo(theirs);
  }

  /// `schema.name`, or `name`, for people.
  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
