// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

/// What a constraint of a table demands.
public enum ConstraintKind {
  PRIMARY_KEY,
  UNIQUE,
  CHECK,
  FOREIGN_KEY,
  EXCLUDE,
  NOT_NULL
}
