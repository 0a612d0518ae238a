// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Constraint;
import dev.plancheck.engine.schema.Table.Index;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SchemaWalkTest {
  private static final EngineVersion VERSION = EngineVersion.POSTGRESQL_LATEST;

  @Test
  void namesWhatTheScriptLeavesUnnamedAsPostgresqlDoes() {
    var book =
        table(
            """
            CREATE TABLE author (id bigint PRIMARY KEY);
            CREATE TABLE book (
              id bigint PRIMARY KEY,
              isbn text UNIQUE,
              price int CHECK (price > 0),
              pages int,
              author bigint REFERENCES author,
              CHECK (pages > 0),
              CHECK (pages > price),
              UNIQUE (isbn, price));
            CREATE INDEX ON book (author);
            CREATE INDEX ON book (author);
            CREATE INDEX ON book (lower(isbn));
            """,
            "book");

    assertThat(book.indexes())
        .extracting(Index::name)
        .containsExactly(
            "book_author_idx",
            "book_author_idx1",
            "book_isbn_key",
            "book_isbn_price_key",
            "book_lower_idx",
            "book_pkey");
    assertThat(book.constraints())
        .extracting(Constraint::name)
        .containsExactly(
            "book_author_fkey",
            "book_check",
            "book_isbn_key",
            "book_isbn_price_key",
            "book_pages_check",
            "book_pkey",
            "book_price_check");
    assertThat(book.constraint("book_author_fkey").orElseThrow().referencedColumns())
        .containsExactly("id");
  }

  @Test
  void cutsLongNamesAsPostgresqlDoes() {
    var table = "a".repeat(50);
    var made =
        table(
            "CREATE TABLE %s (id int PRIMARY KEY, b%s int);".formatted(table, "b".repeat(40))
                + "CREATE INDEX ON %s (b%s);".formatted(table, "b".repeat(40)),
            table);

    assertThat(made.indexes())
        .extracting(Index::name)
        .allSatisfy(name -> assertThat(name.length()).isLessThanOrEqualTo(63))
        .contains("a".repeat(29) + "_" + "b".repeat(29) + "_idx");
  }

  @Test
  void keepsColumnsAsTheCatalogueWould() {
    var book =
        table(
            """
            CREATE TYPE mood AS ENUM ('sad');
            CREATE TABLE book (id serial, title varchar(40) NOT NULL DEFAULT 'x', feeling mood);
            ALTER TABLE book ADD COLUMN n int GENERATED ALWAYS AS IDENTITY;
            ALTER TABLE book ALTER COLUMN title TYPE text, ALTER COLUMN title DROP DEFAULT;
            ALTER TABLE book DROP COLUMN id;
            ALTER TABLE book RENAME COLUMN feeling TO mood;
            """,
            "book");

    assertThat(book.columns()).extracting(Column::name).containsExactly("title", "mood", "n");
    assertThat(book.columns())
        .extracting(column -> column.type().toString())
        .containsExactly("text", "public.mood", "int4");
    assertThat(book.column("title").orElseThrow().defaultText()).isNull();
    assertThat(book.column("title").orElseThrow().notNull()).isTrue();
    assertThat(book.column("n").orElseThrow().generation()).isEqualTo(Column.Generation.IDENTITY);
  }

  @Test
  void followsAConstraintFromNotValidToDropped() {
    var added =
        "CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;";
    var validated = added + "ALTER TABLE t VALIDATE CONSTRAINT c;";
    var dropped = validated + "ALTER TABLE t DROP CONSTRAINT c;";

    assertThat(table(added, "t").constraint("c").orElseThrow().validated()).isFalse();
    assertThat(table(added, "t").constraint("c").orElseThrow().notNullColumn()).isEqualTo("a");
    assertThat(table(validated, "t").constraint("c").orElseThrow().validated()).isTrue();
    assertThat(table(dropped, "t").constraints()).isEmpty();
  }

  @Test
  void aConstraintThatTakesOverAnIndexGivesItItsName() {
    var t =
        table(
            """
            CREATE TABLE t (a int);
            CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);
            ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY USING INDEX t_a;
            """,
            "t");

    assertThat(t.indexes()).extracting(Index::name).containsExactly("t_key");
    assertThat(t.index("t_key").orElseThrow().primary()).isTrue();
    assertThat(t.column("a").orElseThrow().notNull()).isTrue();
  }

  @Test
  void dropsWithAColumnWhatUsesIt() {
    var schema =
        known(
            """
            CREATE TABLE p (id int PRIMARY KEY);
            CREATE TABLE t (a int, b int, p int REFERENCES p);
            CREATE INDEX t_a ON t (a);
            ALTER TABLE t DROP COLUMN a, DROP COLUMN p;
            """);

    assertThat(schema.table(ObjectName.of("t")).orElseThrow().indexes()).isEmpty();
    assertThat(schema.table(ObjectName.of("t")).orElseThrow().constraints()).isEmpty();
    assertThat(schema.table(ObjectName.of("p")).orElseThrow().dependents().referencedBy())
        .isEmpty();
  }

  @Test
  void renamesATableEverywhere() {
    var schema =
        known(
            """
            CREATE TABLE p (id int PRIMARY KEY);
            CREATE TABLE t (p int REFERENCES p);
            CREATE VIEW v AS SELECT * FROM p;
            ALTER TABLE p RENAME TO q;
            ALTER TABLE q RENAME COLUMN id TO key;
            ALTER SCHEMA public RENAME TO shop;
            """);

    var q = ObjectName.of("shop", "q");
    var key = schema.table(ObjectName.of("shop", "t")).orElseThrow().constraints().getFirst();
    assertThat(key.references()).isEqualTo(q);
    assertThat(key.referencedColumns()).containsExactly("key");
    assertThat(schema.table(q).orElseThrow().dependents().views())
        .containsExactly(ObjectName.of("shop", "v"));
    assertThat(schema.table(ObjectName.of("p"))).isEmpty();
  }

  @Test
  void keepsParentsAndPartitionsInStep() {
    var schema =
        known(
            """
            CREATE TABLE day (at date NOT NULL, n int) PARTITION BY RANGE (at);
            CREATE TABLE day1 PARTITION OF day FOR VALUES FROM ('2026-01-01') TO ('2026-01-02');
            CREATE TABLE day2 (at date NOT NULL, n int);
            ALTER TABLE day ATTACH PARTITION day2 DEFAULT;
            ALTER TABLE day ADD COLUMN m int;
            CREATE TABLE day3 (LIKE day);
            ALTER TABLE day DETACH PARTITION day1;
            """);

    var day = schema.table(ObjectName.of("day")).orElseThrow();
    assertThat(day.kind()).isEqualTo(Table.Kind.PARTITIONED_TABLE);
    assertThat(day.dependents().partitions()).containsExactly(ObjectName.of("public", "day2"));
    assertThat(day.dependents().defaultPartition()).isEqualTo(ObjectName.of("public", "day2"));
    assertThat(schema.table(ObjectName.of("day1")).orElseThrow().column("m")).isPresent();
    assertThat(schema.table(ObjectName.of("day1")).orElseThrow().dependents().parents()).isEmpty();
    assertThat(schema.table(ObjectName.of("day2")).orElseThrow().column("m")).isPresent();
    assertThat(schema.table(ObjectName.of("day3")).orElseThrow().columns()).hasSize(3);

    var dropped = walk(schema, "DROP TABLE day");
    assertThat(dropped.tables().keySet())
        .containsExactly(ObjectName.of("public", "day1"), ObjectName.of("public", "day3"));
  }

  @Test
  void likeCopiesTheKeyOnlyWhenItIncludesIndexes() {
    var schema =
        known(
            """
            CREATE TABLE t (id int PRIMARY KEY, n int DEFAULT 3);
            CREATE TABLE plain (LIKE t);
            CREATE TABLE whole (LIKE t INCLUDING ALL);
            """);

    assertThat(schema.table(ObjectName.of("plain")).orElseThrow().indexes()).isEmpty();
    assertThat(schema.table(ObjectName.of("whole")).orElseThrow().indexes()).hasSize(1);
    assertThat(
            schema
                .table(ObjectName.of("whole"))
                .orElseThrow()
                .column("n")
                .orElseThrow()
                .defaultText())
        .isEqualTo("3");
  }

  @Test
  void temporaryTablesHideOthersAndHurtNoOne() {
    var schema = known("CREATE TEMP TABLE t (a int)");

    var t = schema.table(ObjectName.of("t")).orElseThrow();
    assertThat(t.name()).isEqualTo(ObjectName.of("pg_temp", "t"));
    assertThat(t.persistence()).isEqualTo(Persistence.TEMPORARY);
    assertThat(schema.isInUse(ObjectName.of("t"))).isFalse();
  }

  @Test
  void inAnUnknownSchemaATableExistsPerhaps() {
    var unknown = Schema.unknown(VERSION);
    assertThat(unknown.isInUse(ObjectName.of("t"))).isTrue();

    var altered = walk(unknown, "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID");
    var t = altered.table(ObjectName.of("t")).orElseThrow();
    assertThat(t.constraint("c")).isPresent();
    assertThat(altered.isComplete(t)).isFalse();
    assertThat(altered.isInUse(ObjectName.of("t"))).isTrue();

    var created = walk(unknown, "DROP TABLE IF EXISTS t; CREATE TABLE IF NOT EXISTS t (a int)");
    assertThat(created.isInUse(ObjectName.of("t"))).isFalse();
  }

  @Test
  void inAKnownSchemaAStatementAboutNothingChangesNothing() {
    var schema = known("CREATE TABLE t (a int)");

    assertThat(
            walk(
                schema,
                """
                ALTER TABLE IF EXISTS gone ADD COLUMN a int;
                DROP TABLE IF EXISTS gone;
                DROP INDEX IF EXISTS gone;
                CREATE INDEX gone_idx ON gone (a);
                CREATE TABLE IF NOT EXISTS t (b int);
                DROP TYPE IF EXISTS gone;
                INSERT INTO t VALUES (1);
                """))
        .isEqualTo(schema);
  }

  @Test
  void followsDomainsAndEnums() {
    var schema =
        known(
            """
            CREATE DOMAIN plain AS int;
            CREATE DOMAIN positive AS int CHECK (value > 0);
            ALTER DOMAIN plain ADD CONSTRAINT small CHECK (value < 10);
            CREATE TYPE mood AS ENUM ('sad');
            ALTER TYPE mood ADD VALUE 'glad';
            ALTER TYPE mood RENAME TO feeling;
            """);

    assertThat(schema.type(ObjectName.of("plain")).orElseThrow().constrained()).isTrue();
    assertThat(schema.type(ObjectName.of("positive")).orElseThrow().constrained()).isTrue();
    assertThat(schema.type(ObjectName.of("mood"))).isEmpty();
    assertThat(schema.type(ObjectName.of("feeling")).orElseThrow().labels())
        .containsExactly("sad", "glad");
  }

  @Test
  void dropsASchemaWithAllThatLivesThere() {
    var schema =
        known(
            """
            CREATE SCHEMA shop CREATE TABLE book (id int);
            CREATE TABLE kept (book int);
            CREATE TYPE shop.mood AS ENUM ('sad');
            DROP SCHEMA shop CASCADE;
            """);

    assertThat(schema.tables().keySet()).containsExactly(ObjectName.of("public", "kept"));
    assertThat(schema.types()).isEmpty();
  }

  private static Table table(String sql, String name) {
    return known(sql).table(ObjectName.of(name)).orElseThrow();
  }

  private static Schema known(String sql) {
    return walk(
        new Schema(
            VERSION,
            true,
            List.of("public"),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>()),
        sql);
  }

  private static Schema walk(Schema before, String sql) {
    var script = Dialects.of(Engine.POSTGRESQL).parse(new SourceText(sql), VERSION);
    var schema = before;
    for (var statement : script.statements()) {
      schema = SchemaWalk.apply(schema, statement.statement());
    }
    return schema;
  }
}
