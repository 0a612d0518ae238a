// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.declarative.Difference;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.JudgeCluster;
import dev.plancheck.targets.postgresql.declarative.PostgresqlDifferences;
import dev.plancheck.targets.postgresql.declarative.ScratchServer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// The computed difference makes the wanted schema of a database, on every version; whatever is not
/// understood is said, and never looks like no difference.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DifferenceContract {
  private static final String BOOKS =
      """
      CREATE TABLE book (id bigint PRIMARY KEY, title varchar(100) NOT NULL, price numeric(8,2));
      """;

  private final TestServer server;
  private final JudgeCluster cluster = JudgeCluster.open(Folders.ofUser());
  private final ScratchServer scratch =
      () -> new ScratchServer.Access(cluster.jdbcUrl(), cluster.builder(), cluster.password());
  private final PostgresqlDifferences differences;

  DifferenceContract(TestServer server) {
    this.server = server;
    this.differences = differencesAs(server.cluster().user(), server.cluster().password());
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  private PostgresqlDifferences differencesAs(String user, String password) {
    var instance = server.instance(user, server.cluster().port());
    return new PostgresqlDifferences(_ -> Optional.of(instance), _ -> password, scratch);
  }

  private Difference difference(String database, String wanted) throws Exception {
    return difference(differences, database, wanted);
  }

  private Difference difference(PostgresqlDifferences by, String database, String wanted)
      throws Exception {
    try (var computation = by.begin(new DatabaseName("test", database), TestServer.LIMITS)) {
      assertThat(computation.open()).isEqualTo(server.version());
      return computation.of(server.script(wanted));
    }
  }

  private String computed(String database, String wanted) throws Exception {
    var difference = difference(database, wanted);
    assertThat(difference).isInstanceOf(Difference.Computed.class);
    return ((Difference.Computed) difference).sql();
  }

  private String refused(String database, String wanted) throws Exception {
    var difference = difference(database, wanted);
    assertThat(difference).isInstanceOf(Difference.NotComputed.class);
    return ((Difference.NotComputed) difference).cause();
  }

  @TestFactory
  Stream<DynamicTest> leadsToTheWantedSchemaAndThenIsEmpty() throws Exception {
    return cases()
        .map(one ->
            DynamicTest.dynamicTest(
                one.name(),
                () -> {
                  var database = server.database(one.existing());
                  var sql = computed(database, one.wanted());
                  assertThat(sql).contains(one.statement()).doesNotContain("DEPCY");
                  server.execute(database, sql);
                  assertThat(computed(database, one.wanted())).isEmpty();
                }));
  }

  private record Case(String name, String existing, String wanted, String statement) {}

  private Stream<Case> cases() throws Exception {
    String text;
    try (var in = DifferenceContract.class.getResourceAsStream("differences.sql")) {
      text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    return Arrays.stream(text.split("(?m)^=== ", -1))
        .skip(1)
        .map(one -> {
          var parts = one.split("(?m)^---\n", -1);
          var title = one.substring(0, one.indexOf('\n')).split(" => ", 2);
          return new Case(title[0], parts[0].substring(one.indexOf('\n')), parts[1], title[1]);
        });
  }

  @Test
  void saysNothingToChangeOfTheSameSchemaWrittenInOtherWords() throws Exception {
    var database =
        server.database(
            """
            CREATE TABLE book (id bigint PRIMARY KEY, title character varying(100) NOT NULL,
              kind text CHECK (kind = ANY (ARRAY['a', 'b'])), at timestamp with time zone);
            CREATE VIEW cheap AS SELECT book.id FROM public.book WHERE book.id < 10;
            """);
    assertThat(
            computed(
                database,
                """
                -- another order, and other names of types
                create table book (at timestamptz, id int8, title varchar(100) not null,
                  kind text, primary key (id));
                alter table book add constraint book_kind_check check (kind in ('a', 'b'));
                create view cheap as select b.id from book b where id < 10;
                """
                    .replace("book b where id", "book where book.id")
                    .replace("b.id", "id")))
        .isEmpty();
  }

  @Test
  void leavesOurOwnSchemasAndExtensionsAlone() throws Exception {
    var database =
        server.database(
            BOOKS
                + """
                CREATE SCHEMA plancheck_record;
                CREATE TABLE plancheck_record.applied_change (task text PRIMARY KEY);
                COMMENT ON TABLE plancheck_record.applied_change IS 'ours';
                CREATE SCHEMA plancheck_backup;
                CREATE TABLE plancheck_backup.b (id int);
                CREATE EXTENSION citext;
                CREATE EXTENSION pg_stat_statements;
                """);
    assertThat(computed(database, BOOKS)).isEmpty();
  }

  @Test
  void makesExtensionsThatAreMissing() throws Exception {
    var database = server.database("");
    var wanted = "CREATE EXTENSION citext; CREATE TABLE t (name citext);";
    var sql = computed(database, wanted);
    assertThat(sql).contains("CREATE EXTENSION \"citext\" SCHEMA \"public\";");
    server.execute(database, sql);
    assertThat(computed(database, wanted)).isEmpty();
  }

  @Test
  void tellsWhereTheWantedSchemaIsWrong() throws Exception {
    var database = server.database(BOOKS);
    var wanted = "CREATE TABLE a (id int);\nCREATE TABLE b (id nonsense);";
    assertThat(difference(database, wanted))
        .isInstanceOfSatisfying(
            Difference.Flawed.class,
            flawed -> {
              assertThat(flawed.message()).isEqualTo("type \"nonsense\" does not exist");
              assertThat(wanted.substring(flawed.at().start(), flawed.at().end()))
                  .isEqualTo("nonsense");
            });
  }

  @Test
  void doesNotComputeWhatTheLibraryLeavesOut() throws Exception {
    var database = server.database("CREATE TABLE t (c int)");
    assertThat(refused(database, "CREATE TABLE t (c int); ALTER TABLE t REPLICA IDENTITY FULL;"))
        .contains("do not lead to the wanted schema")
        .contains("table public.t");
  }

  @Test
  void doesNotComputeWithAnExtensionThatIsNotHere() throws Exception {
    var database = server.database(BOOKS);
    assertThat(refused(database, "CREATE EXTENSION postgis;" + BOOKS)).contains("postgis");
  }

  @Test
  void doesNotTrustNamesThatLeaveComments() throws Exception {
    var database = server.database("CREATE TABLE \"a\n; DROP TABLE b; --\" (id int)");
    assertThat(refused(database, BOOKS)).contains("control character");
  }

  @Test
  void writesNamesAndTextsSoThatTheyStayWhatTheyAre() throws Exception {
    var database = server.database("");
    var wanted =
        """
        CREATE TABLE "Se;lect" ("a'b" text DEFAULT 'x''; DROP TABLE y; --', "q""q" int);
        COMMENT ON TABLE "Se;lect" IS 'it''s; $$ -- fine';
        CREATE FUNCTION "F;"(a int) RETURNS text LANGUAGE sql AS $f$ SELECT ';' || $$'--'$$ $f$;
        """;
    server.execute(database, computed(database, wanted));
    assertThat(computed(database, wanted)).isEmpty();
  }

  @Test
  void readsAsAUserWhoOwnsNothing() throws Exception {
    var database = server.database(BOOKS + "CREATE TABLE hidden (id int);");
    var role = "reader_" + database;
    server.execute(database, "CREATE ROLE %s LOGIN PASSWORD 'p'".formatted(role));
    var difference = difference(differencesAs(role, "p"), database, BOOKS);
    assertThat(difference)
        .isEqualTo(
            new Difference.Computed(
                "SET search_path = pg_catalog;\n\nDROP TABLE public.hidden;\n"));
  }

  @Test
  void tellsThatTheDatabaseIsMissing() {
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> difference("nowhere", BOOKS))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISSING));
  }

  @Test
  void endsWhenItIsCanceled() throws Exception {
    var database = server.database(BOOKS);
    try (var computation =
        differences.begin(new DatabaseName("test", database), TestServer.LIMITS)) {
      var version = computation.open();
      computation.cancel();
      assertThat(version).isEqualTo(server.version());
      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(() -> computation.of(server.script(BOOKS)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CANCELED));
    }
  }

  @Test
  void leavesTheTargetAsItWas() throws Exception {
    var database = server.database(BOOKS);
    var before = written(database);
    computed(database, "CREATE TABLE other (id int)");
    assertThat(written(database)).isEqualTo(before);
  }

  private String written(String database) throws SQLException {
    return server.query(
        database, "SELECT string_agg(relname || xmin::text, ',' ORDER BY oid) FROM pg_class");
  }

  /// Any schema of these parts becomes any other.
  @Test
  void makesAnySchemaOfAnyOther() throws Exception {
    var random = new Random(server.version().major());
    for (var round = 0; round < 6; round++) {
      var wanted = schema(random);
      var database = server.database(schema(random));
      server.execute(database, computed(database, wanted));
      assertThat(computed(database, wanted)).isEmpty();
    }
  }

  private static String schema(Random random) {
    var parts = new StringBuilder();
    for (var table : List.of("a", "b", "c")) {
      if (random.nextInt(4) > 0) {
        parts.append(table(table, random));
      }
    }
    return parts.toString();
  }

  private static String table(String name, Random random) {
    var types = List.of("int", "bigint", "text", "numeric(10,2)", "timestamptz");
    var columns = new StringBuilder("id int PRIMARY KEY");
    var more = new StringBuilder();
    for (var column : List.of("x", "y", "z")) {
      if (random.nextBoolean()) {
        // A type that every other can become.
        var type = column.equals("z") ? "text" : types.get(random.nextInt(2));
        columns.append(
            ", %s %s%s".formatted(column, type, random.nextBoolean() ? " NOT NULL" : ""));
        if (random.nextBoolean()) {
          more.append("CREATE INDEX %1$s_%2$s ON %1$s (%2$s);\n".formatted(name, column));
        }
        if (random.nextBoolean()) {
          more.append(
              "COMMENT ON COLUMN %s.%s IS '%d';\n".formatted(name, column, random.nextInt(3)));
        }
      }
    }
    if (random.nextBoolean()) {
      more.append(
          "CREATE VIEW %1$s_view AS SELECT id FROM %1$s WHERE id > %2$d;\n"
              .formatted(name, random.nextInt(3)));
    }
    return "CREATE TABLE %s (%s);\n%s".formatted(name, columns, more);
  }
}
