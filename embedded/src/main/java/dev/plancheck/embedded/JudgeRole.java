// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// The account under which syntax is judged: it can connect and hardly anything else.
final class JudgeRole {
  static final String NAME = "judge";

  /// May create databases and has no other right, so that schemas can be built without a risk.
  static final String BUILDER = "builder";

  static final String DATABASE = "postgres";

  /// Of a server that judges only: small, and silent about the texts that it refuses.
  static final Map<String, String> SERVER_SETTINGS =
      Map.of(
          "cluster_name", "plancheck-judge",
          "fsync", "off",
          "autovacuum", "off",
          "wal_level", "minimal",
          "max_wal_senders", "0",
          "max_connections", "100",
          "shared_buffers", "16MB",
          "log_min_messages", "fatal",
          "log_min_error_statement", "panic");

  private JudgeRole() {}

  /// Both roles; a password of our own making holds no quote.
  static void create(Connection superuser, String password) throws SQLException {
    try (var statement = superuser.createStatement()) {
      statement.execute(
          """
          CREATE ROLE judge LOGIN NOINHERIT PASSWORD '%1$s';
          ALTER ROLE judge SET search_path = pg_catalog;
          ALTER ROLE judge SET default_transaction_read_only = on;
          ALTER ROLE judge SET statement_timeout = '10s';
          REVOKE ALL ON DATABASE postgres FROM PUBLIC;
          REVOKE ALL ON SCHEMA public FROM PUBLIC;
          GRANT CONNECT ON DATABASE postgres TO judge;
          CREATE ROLE builder LOGIN NOINHERIT CREATEDB PASSWORD '%1$s';
          ALTER ROLE builder SET temp_file_limit = '256MB';
          GRANT CONNECT ON DATABASE postgres TO builder;
          """
              .formatted(password));
    }
  }
}
