// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.sql.Statement;

/// Applies one statement's DDL to a schema.
public final class SchemaWalk {
  private SchemaWalk() {}

  /// The schema after the statement; the same one if the statement is none that changes it.
  public static Schema apply(Schema before, Statement statement) {
    return before;
  }
}
