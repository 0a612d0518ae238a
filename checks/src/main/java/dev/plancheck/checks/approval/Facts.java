// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.expression.Expressions.Kind;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The variables of a rule's condition. One evaluation is about one change: a kind of statement,
/// one of the tables that the sheet changes, in one database.
public final class Facts {
  /// The id of the environment: `production`.
  public static final String ENVIRONMENT = "resource.environment_id";

  public static final String INSTANCE = "resource.instance_id";
  public static final String DATABASE = "resource.database_name";

  /// `POSTGRESQL`.
  public static final String ENGINE = "resource.engine";

  /// The database's own labels.
  public static final String LABELS = "resource.labels";

  /// `UPDATE`, `ALTER TABLE`; a column that is dropped is an `ALTER TABLE` and a `DROP COLUMN`.
  public static final String SQL_TYPE = "statement.sql_type";

  /// Empty where the sheet changes no table.
  public static final String SCHEMA = "statement.schema_name";

  /// Empty where the sheet changes no table.
  public static final String TABLE = "statement.table_name";

  /// All rows that the whole sheet changes in the database, over all its tables. Not known where
  /// only a least number is: a rule for few rows would hold for any number.
  public static final String AFFECTED_ROWS = "statement.affected_rows";

  /// `COUNTED`, `ESTIMATED`, `UPPER_BOUND` or `AT_LEAST`.
  public static final String AFFECTED_METHOD = "statement.affected_method";

  /// How many rows the table has, by the server's own estimate; 0 where there is no table.
  public static final String TABLE_ROWS = "statement.table_rows";

  /// In place of a variable: nothing at all is known of the statements.
  public static final String STATEMENT = "statement";

  public static final SortedMap<String, Kind> KINDS = kinds();

  private Facts() {}

  private static SortedMap<String, Kind> kinds() {
    var kinds = new TreeMap<String, Kind>();
    for (var text :
        new String[] {
          ENVIRONMENT, INSTANCE, DATABASE, ENGINE, SQL_TYPE, SCHEMA, TABLE, AFFECTED_METHOD
        }) {
      kinds.put(text, Kind.TEXT);
    }
    kinds.put(LABELS, Kind.TEXT_BY_NAME);
    kinds.put(AFFECTED_ROWS, Kind.NUMBER);
    kinds.put(TABLE_ROWS, Kind.NUMBER);
    return Collections.unmodifiableSortedMap(kinds);
  }
}
