// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The name of an object as the server will look it up: folded unless quoted, schema only if
/// written.
public record ObjectName(@Nullable String schema, String name) implements Comparable<ObjectName> {
  /// The schema of MySQL and MariaDB that is the session's own database, whatever it is called: the
  /// same tables of many databases have the same names. No name that a script writes has it.
  public static final String HERE = "";

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
    if (Objects.equals(schema, other.schema)) {
      return name.compareTo(other.name);
    }
    if (schema == null || other.schema == null) {
      return schema == null ? -1 : 1;
    }
    return schema.compareTo(other.schema);
  }

  /// `schema.name`, or `name` without a schema and in [#HERE], for people.
  @Override
  public String toString() {
    return schema == null || schema.equals(HERE) ? name : schema + "." + name;
  }
}
