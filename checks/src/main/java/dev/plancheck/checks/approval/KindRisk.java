// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import java.util.List;
import java.util.Set;

/// The risk of a statement that no rule covers, by its kind: what loses data for good is HIGH, what
/// changes what is there MODERATE, and what only adds or reads LOW.
final class KindRisk {
  private static final Set<String> HIGH =
      Set.of(
          "DROP TABLE",
          "DROP FOREIGN TABLE",
          "DROP SCHEMA",
          "DROP DATABASE",
          "DROP OWNED",
          "DROP COLUMN",
          "TRUNCATE");

  private static final Set<String> MODERATE =
      Set.of(
          "CLUSTER",
          "COPY",
          "CREATE DATABASE",
          "DELETE",
          "DO",
          "CALL",
          "EXECUTE",
          "GRANT",
          "IMPORT FOREIGN SCHEMA",
          "LOAD DATA",
          "LOCK",
          "MERGE",
          "REASSIGN OWNED",
          "REINDEX",
          "REVOKE",
          "SECURITY LABEL",
          "SET ROLE",
          "UPDATE",
          "VACUUM");

  private static final List<String> MODERATE_VERBS = List.of("ALTER ", "DROP ");

  private KindRisk() {}

  static Risk of(String type) {
    if (HIGH.contains(type)) {
      return Risk.HIGH;
    }
    return MODERATE.contains(type) || MODERATE_VERBS.stream().anyMatch(type::startsWith)
        ? Risk.MODERATE
        : Risk.LOW;
  }
}
