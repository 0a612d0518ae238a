// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plancheck.checks.rollout.Backup.BackedUpTable;
import dev.plancheck.checks.rollout.ChangeOutcome.Applied;
import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows that are copied before they change, and put back, on every version.
abstract class BackupContract {
  private static final String ALL =
      "SELECT string_agg(b::text, ' ' ORDER BY \"Id\") FROM \"Bü?cher\" b";

  private final TestServer server;
  private ChangeFixture fixture;

  BackupContract(TestServer server) {
    this.server = server;
  }

  @BeforeEach
  void fill() throws Exception {
    fixture =
        new ChangeFixture(
            server,
            """
            CREATE TABLE "Bü?cher" (
              "Id" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text, price int,
              gross int GENERATED ALWAYS AS (price * 2) STORED, tags text[]);
            INSERT INTO "Bü?cher" (title, price, tags)
              SELECT 'book ' || n, n, ARRAY['a', NULL] FROM generate_series(1, 5) n;
            CREATE TABLE plain (id int, note text);
            CREATE TABLE parent (id int PRIMARY KEY, code int UNIQUE);
            CREATE TABLE child (parent int REFERENCES parent ON DELETE CASCADE,
              code int REFERENCES parent (code) ON UPDATE CASCADE);
            CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id);
            CREATE TABLE ruled (id int PRIMARY KEY, x int);
            CREATE RULE nothing AS ON UPDATE TO ruled DO INSTEAD NOTHING;
            """);
  }

  @AfterEach
  void drop() throws Exception {
    fixture.drop();
  }

  @Test
  void changedRowsAreCopiedAndPutBack() throws Exception {
    var before = fixture.query(ALL);
    var tables =
        backedUp(
            """
            UPDATE "Bü?cher" AS b SET title = 'x' || b.title, price = (SELECT max(id) FROM plain),
                tags = NULL WHERE b.price IN (SELECT generate_series(2, 3)) RETURNING *;
            delete from public."Bü?cher" where price IS DISTINCT FROM 1 and "Id" > 3;
            """);
    assertThat(fixture.query(ALL)).isNotEqualTo(before);
    assertThat(tables)
        .extracting(BackedUpTable::statement, BackedUpTable::table, BackedUpTable::rows)
        .containsExactly(tuple(1, "public.\"Bü?cher\"", 2L), tuple(2, "public.\"Bü?cher\"", 2L));
    for (var table : tables.reversed()) {
      fixture.execute(table.restoreSql());
    }
    assertThat(fixture.query(ALL)).isEqualTo(before);
    assertThat(
            fixture.query(
                "SELECT obj_description('%s'::regclass)"
                    .formatted(tables.getFirst().backupTable())))
        .contains("Rows of public.\"Bü?cher\" before statement 1 of the task a");
  }

  @Test
  void aWholeTableIsCopied() throws Exception {
    var before = fixture.query(ALL);
    var tables = backedUp("DELETE FROM \"Bü?cher\"");
    assertThat(fixture.query(ALL)).isEqualTo("null");
    fixture.execute(tables.getFirst().restoreSql());
    assertThat(fixture.query(ALL)).isEqualTo(before);
  }

  @Test
  void aTableWithoutAKeyIsCopiedBeforeADelete() throws Exception {
    fixture.execute("INSERT INTO plain VALUES (1, 'a'), (1, 'a'), (2, 'b')");
    var tables = backedUp("DELETE FROM ONLY plain WHERE id = 1; DROP TABLE IF EXISTS nothing");
    fixture.execute(tables.getFirst().restoreSql());
    assertThat(fixture.query("SELECT count(*) FROM plain")).isEqualTo("3");
  }

  @Test
  void othersWhoMakeMoreRowsMatchFailTheTask() throws Exception {
    fixture.execute(
        """
        CREATE FUNCTION vanish() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN IF OLD.price = 2 THEN RETURN NULL; END IF; RETURN OLD; END';
        CREATE TRIGGER vanish BEFORE DELETE ON "Bü?cher" FOR EACH ROW EXECUTE FUNCTION vanish();
        """);
    var before = fixture.query(ALL);
    assertThat(fixture.change(fixture.backedUp("a", "DELETE FROM \"Bü?cher\" WHERE price < 4")))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.error()).contains("3 rows were copied", "changed 2 rows"));
    assertThat(fixture.query(ALL)).isEqualTo(before);
    assertThat(
            fixture.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'plancheck_backup'"))
        .isEqualTo("0");
  }

  @Test
  void nobodyElseCanReadTheCopies() throws Exception {
    backedUp("DELETE FROM \"Bü?cher\"");
    assertThat(
            fixture.query(
                "SELECT nspacl IS NULL OR NOT nspacl::text LIKE '%{=%' FROM pg_namespace"
                    + " WHERE nspname = 'plancheck_backup'"))
        .isEqualTo("t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "WITH x AS (SELECT 1) UPDATE parent SET code = 1 | only a plain UPDATE",
        "UPDATE parent /* x */ SET code = 1 | only a plain UPDATE",
        "UPDATE parent SET code = p.id FROM plain p WHERE p.id = parent.id | UPDATE ... FROM",
        "DELETE FROM child USING parent WHERE parent = id | only a plain UPDATE",
        "WITH x AS (DELETE FROM plain RETURNING *) SELECT * FROM x | within WITH",
        "INSERT INTO parent VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET code = 3 | ON CONFLICT",
        "TRUNCATE plain | TRUNCATE: write DELETE",
        "DO 'BEGIN DELETE FROM plain; END' | body of DO",
        "EXPLAIN ANALYZE DELETE FROM plain | EXPLAIN ANALYZE",
        "UPDATE plain SET note = 'x' | public.plain has no primary key",
        "UPDATE parent SET id = 2 | changes the primary key",
        "DELETE FROM parent | by a foreign key",
        "UPDATE parent SET code = 2 | by a foreign key",
        "DELETE FROM parted | is no ordinary table",
        "UPDATE ruled SET x = 1 | has rules",
        "DELETE FROM plain WHERE random() < 0.5 | volatile",
        "DELETE FROM nowhere | there is no table nowhere yet"
      })
  void whatCannotBeBackedUpIsRefusedBeforeAnythingRuns(String sheet, String words)
      throws Exception {
    var all = "INSERT INTO plain VALUES (7, 'seven'); " + sheet;
    assertThat(fixture.change(fixture.backedUp("a", all)))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.error())
                  .startsWith("prior backup of statement 2 is not possible: ")
                  .contains(words);
              assertThat(failed.statement()).isEqualTo(2);
            });
    assertThat(fixture.query("SELECT count(*) FROM plain")).isEqualTo("0");
  }

  @Test
  void aSheetThatIsNoTransactionIsRefused() throws Exception {
    assertThat(fixture.change(fixture.backedUp("a", "VACUUM plain; DELETE FROM plain")))
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.error()).contains("prior backup is not possible", "VACUUM"));
  }

  private List<BackedUpTable> backedUp(String sheet) throws Exception {
    var outcome = fixture.change(fixture.backedUp("a", sheet));
    assertThat(outcome).isInstanceOf(Applied.class);
    return Objects.requireNonNull(((Applied) outcome).backup()).tables();
  }
}
