// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import java.util.Locale;

/// What a CREATE, ALTER, DROP, RENAME or COMMENT is about.
public enum ObjectKind {
  AGGREGATE,
  ACCESS_METHOD,
  CAST,
  COLLATION,
  COLUMN,
  CONSTRAINT,
  CONVERSION,
  DATABASE,
  DOMAIN,
  EVENT,
  EVENT_TRIGGER,
  EXTENSION,
  FOREIGN_DATA_WRAPPER,
  FOREIGN_TABLE,
  FUNCTION,
  INDEX,
  LANGUAGE,
  LARGE_OBJECT,
  MATERIALIZED_VIEW,
  OPERATOR,
  OPERATOR_CLASS,
  OPERATOR_FAMILY,
  OWNED,
  POLICY,
  PROCEDURE,
  PUBLICATION,
  ROLE,
  ROUTINE,
  RULE,
  SCHEMA,
  SEQUENCE,
  SERVER,
  STATISTICS,
  SUBSCRIPTION,
  SYSTEM,
  TABLE,
  TABLESPACE,
  TEXT_SEARCH,
  TRANSFORM,
  TRIGGER,
  TYPE,
  USER_MAPPING,
  VIEW;

  /// `MATERIALIZED VIEW`, as SQL writes it.
  public String sql() {
    return name().replace('_', ' ');
  }

  /// `materialized view`, for sentences.
  public String words() {
    return sql().toLowerCase(Locale.ROOT);
  }
}
