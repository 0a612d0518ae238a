// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import java.util.Locale;

/// Kinds of change that servers tell apart. What each costs is in `online-ddl.tsv`.
enum Operation {
  /// What no server does but by copying all rows.
  COPY,
  /// What writes all rows anew, in place.
  REBUILD,
  ADD_COLUMN,
  ADD_COLUMN_IN_BETWEEN,
  ADD_COUNTER,
  ADD_COMPUTED_DEFAULT,
  ADD_VIRTUAL_COLUMN,
  DROP_COLUMN,
  DROP_INDEXED_COLUMN,
  DROP_VIRTUAL_COLUMN,
  DROP_INDEXED_VIRTUAL_COLUMN,
  MOVE_COLUMN,
  RENAME_COLUMN,
  RENAME_REFERENCED_COLUMN,
  CHANGE_VIRTUAL_EXPRESSION,
  STOP_COUNTING,
  WIDEN,
  WIDEN_OVER_BORDER,
  SET_NOT_NULL,
  SET_NOT_NULL_WITHOUT_STRICT_MODE,
  SET_NULL,
  SET_NULL_IN_REDUNDANT_ROWS,
  COLUMN_PROPERTY,
  COLLATION,
  INDEXED_COLLATION,
  LIST_COLLATION,
  UTF8_TO_UTF8MB4,
  INDEXED_UTF8_TO_UTF8MB4,
  TABLE_PROPERTY,
  ADD_INDEX,
  ADD_INDEX_ON_NEW_VIRTUAL_COLUMN,
  ADD_FIRST_FULLTEXT_INDEX,
  ADD_FULLTEXT_INDEX,
  ADD_SPATIAL_INDEX,
  DROP_INDEX,
  RENAME_INDEX,
  INDEX_VISIBILITY,
  ADD_PRIMARY_KEY,
  ADD_UNCHECKED_FOREIGN_KEY,
  DROP_FOREIGN_KEY,
  ADD_CHECK,
  DROP_CHECK,
  /// What takes the table for itself, for a moment: a new name, and whatever other engines than
  /// InnoDB do without rows.
  FOR_A_MOMENT,
  ADD_PARTITION,
  DROP_PARTITION,
  TRUNCATE_PARTITION,
  CHANGE_PARTITIONS;

  /// Changes of the rows' shape that a server can put off: only as long as nothing else of the
  /// statement needs the rows.
  boolean putsRowsOff() {
    return switch (this) {
      case ADD_COLUMN,
          ADD_COLUMN_IN_BETWEEN,
          DROP_COLUMN,
          MOVE_COLUMN,
          SET_NULL_IN_REDUNDANT_ROWS ->
          true;
      default -> false;
    };
  }

  /// The name of its lines in the data: `add-column`.
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
