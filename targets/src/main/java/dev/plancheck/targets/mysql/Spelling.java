// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.Locale;
import java.util.Map;

/// How a server compares the names of databases and tables: its setting `lower_case_table_names`.
record Spelling(boolean exact) {
  static Spelling of(Map<String, String> settings) {
    return new Spelling("0".equals(settings.get("lower_case_table_names")));
  }

  TableId id(String database, String name) {
    return new TableId(same(database), same(name));
  }

  /// Equal for names that the server takes for the same.
  String same(String name) {
    return exact ? name : name.toLowerCase(Locale.ROOT);
  }
}
