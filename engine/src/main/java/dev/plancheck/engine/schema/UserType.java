// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A type that users made. `base` belongs to domains; `constrained` tells a domain with a CHECK or
/// NOT NULL, its own or that of a domain below it: adding a column of it rewrites the table. A
/// constant default alone (`hasDefault`) does not: measured on PostgreSQL 13 and 18. `labels` are
/// an enum's, in order.
public record UserType(
    ObjectName name,
    Kind kind,
    @Nullable TypeName base,
    boolean constrained,
    boolean hasDefault,
    List<String> labels) {
  public enum Kind {
    DOMAIN,
    ENUM,
    OTHER
  }

  public UserType {
    labels = List.copyOf(labels);
  }

  /// A type without a default of its own.
  public UserType(
      ObjectName name,
      Kind kind,
      @Nullable TypeName base,
      boolean constrained,
      List<String> labels) {
    this(name, kind, base, constrained, false, labels);
  }

  public UserType withName(ObjectName changed) {
    return new UserType(changed, kind, base, constrained, hasDefault, labels);
  }

  public UserType withConstrained(boolean changed) {
    return new UserType(name, kind, base, changed, hasDefault, labels);
  }

  public UserType withLabels(List<String> changed) {
    return new UserType(name, kind, base, constrained, hasDefault, changed);
  }
}
