// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.postgresql.PostgresqlDialect;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What a declarative sheet may consist of.
final class WantedSheetTest {
  private static final List<String> DECLARING =
      List.of(
          "CREATE TABLE t (id int)",
          "create unlogged table t (id int)",
          "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE UNIQUE INDEX i ON t (id)",
          "CREATE MATERIALIZED VIEW v AS SELECT 1",
          "CREATE EXTENSION IF NOT EXISTS citext",
          "CREATE TEXT SEARCH CONFIGURATION c (COPY = simple)",
          "ALTER TABLE ONLY t ADD CONSTRAINT k PRIMARY KEY (id)",
          "ALTER TABLE t ALTER COLUMN a SET DEFAULT ' OWNER TO x'",
          "ALTER SEQUENCE s OWNED BY t.id",
          "COMMENT ON TABLE t IS 'x'",
          "SET client_encoding = 'UTF8'",
          "SELECT pg_catalog.set_config('search_path', '', false)");

  private static final List<String> DOING =
      List.of(
          "INSERT INTO t VALUES (1)",
          "DROP TABLE t",
          "DO 'BEGIN END'",
          "GRANT SELECT ON t TO x",
          "SELECT pg_sleep(1)",
          "SELECT pg_catalog.set_config('search_path', '', false), pg_sleep(1)",
          "CREATE ROLE x",
          "CREATE PUBLICATION p FOR ALL TABLES",
          "CREATE TEMPORARY TABLE t (id int)",
          "CREATE TABLE t AS SELECT 1",
          "ALTER TABLE t OWNER TO x",
          "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x",
          "SET ROLE x",
          "SET SESSION AUTHORIZATION x",
          "BEGIN");

  private static Script script(String sql) {
    return new PostgresqlDialect().parse(new SourceText(sql), EngineVersion.POSTGRESQL_LATEST);
  }

  @Test
  void takesWhatDeclares() {
    for (var sql : DECLARING) {
      assertThat(WantedSheet.flaws(script(sql))).as(sql).isEmpty();
    }
  }

  @Test
  void refusesWhatDoes() {
    for (var sql : DOING) {
      assertThat(WantedSheet.flaws(script("CREATE TABLE a (id int);\n" + sql)))
          .as(sql)
          .hasSize(1)
          .allSatisfy(flaw -> {
            assertThat(flaw.rule()).isEqualTo("declarative.sheet");
            assertThat(flaw.status()).isEqualTo(Status.ERROR);
            assertThat(flaw.range()).isNotNull();
            assertThat(Objects.requireNonNull(flaw.range()).start().line()).isEqualTo(2);
          });
    }
  }

  @Test
  void refusesASheetOfNothing() {
    assertThat(WantedSheet.flaws(script("-- nothing\n")))
        .extracting(Finding::content)
        .containsExactly(
            "The sheet has no statement: as a wanted schema it would drop everything.");
  }
}
