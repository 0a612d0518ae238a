// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.policy.PolicySource;
import dev.plancheck.checks.run.CheckRunner;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.CollectedResults;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.rules.Rules;
import dev.plancheck.targets.postgresql.PostgresqlConnector;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// With all rules on real databases: sharing reviews and working in parallel change nothing that is
/// found, whatever differs between the databases.
final class SharedRunTest {
  private static final Cluster CLUSTER = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH));
  private static final int ALIKE = 4;

  private static final String TEMPLATE =
      """
      CREATE TYPE mood AS ENUM ('sad', 'glad');
      CREATE DOMAIN isbn AS text CHECK (value <> '');
      CREATE TABLE author (id int PRIMARY KEY, name text NOT NULL);
      CREATE TABLE book (
        id int PRIMARY KEY, author_id int REFERENCES author, title varchar(40), code isbn,
        mood mood, price numeric(10, 2), sold timestamp, CONSTRAINT price_set CHECK (price > 0));
      CREATE INDEX book_title ON book (title);
      CREATE TABLE loan (id int, at date) PARTITION BY RANGE (at);
      CREATE TABLE loan_old PARTITION OF loan FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
      CREATE VIEW cheap AS SELECT id, mood FROM book WHERE mood > 'sad';
      CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE FUNCTION slug(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
      INSERT INTO author SELECT n, 'a' FROM generate_series(1, 50) n;
      INSERT INTO book SELECT n, 1, 't', 'c', 'sad', 1, now() FROM generate_series(1, 500) n;
      """;

  private static final String SCRIPT =
      """
      ALTER TABLE book ALTER COLUMN title TYPE varchar(80), ALTER COLUMN price TYPE numeric(12, 2);
      ALTER TABLE book ALTER COLUMN sold TYPE timestamptz, ALTER COLUMN author_id SET NOT NULL;
      ALTER TABLE book ADD COLUMN slug text DEFAULT slug('x'), ADD COLUMN second isbn;
      CREATE INDEX book_author ON book (author_id);
      ALTER TABLE loan ADD CONSTRAINT at_set CHECK (at IS NOT NULL);
      ALTER TABLE author ADD CONSTRAINT name_key UNIQUE (name);
      DROP INDEX book_title;
      UPDATE book SET title = upper(title);
      DELETE FROM author WHERE name = 'x';
      """;

  /// Each kind of catalogue object is changed once.
  private static final List<String> DRIFTS =
      List.of(
          "ALTER TABLE book ADD COLUMN extra int",
          "ALTER TABLE book DROP COLUMN code",
          "ALTER TABLE book ALTER COLUMN title TYPE text",
          "ALTER TABLE book ALTER COLUMN title TYPE varchar(40) COLLATE \"C\"",
          "ALTER TABLE book ALTER COLUMN author_id SET NOT NULL",
          "ALTER TABLE book ALTER COLUMN price SET DEFAULT 1",
          "ALTER TABLE book ADD COLUMN twice int GENERATED ALWAYS AS (id * 2) STORED",
          "ALTER TABLE book ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY",
          "ALTER TABLE book RENAME COLUMN sold TO sold_at",
          "ALTER TABLE book DROP CONSTRAINT price_set",
          "ALTER TABLE book ADD CONSTRAINT author_set CHECK (author_id IS NOT NULL)",
          "ALTER TABLE book ADD CONSTRAINT loose CHECK (author_id IS NOT NULL) NOT VALID",
          "ALTER TABLE book DROP CONSTRAINT book_author_id_fkey",
          "ALTER TABLE author ADD CONSTRAINT name_key UNIQUE (id, name)",
          "DROP INDEX book_title",
          "CREATE INDEX book_author ON book (author_id)",
          "CREATE INDEX book_price ON book (price) WHERE price > 1",
          "CREATE TABLE loan_new PARTITION OF loan FOR VALUES FROM ('2021-01-01') TO"
              + " ('2022-01-01')",
          "CREATE TABLE loan_rest PARTITION OF loan DEFAULT",
          "CREATE VIEW dear AS SELECT id, title FROM book WHERE price > 10",
          "CREATE TRIGGER touch BEFORE UPDATE ON book FOR EACH ROW EXECUTE FUNCTION touched()",
          "CREATE RULE keep AS ON DELETE TO author DO INSTEAD NOTHING",
          "CREATE POLICY own ON book USING (id > 0); ALTER TABLE book ENABLE ROW LEVEL SECURITY",
          "ALTER TYPE mood ADD VALUE 'calm'",
          "ALTER DOMAIN isbn DROP CONSTRAINT isbn_check",
          "CREATE OR REPLACE FUNCTION slug(text) RETURNS text LANGUAGE sql VOLATILE AS 'SELECT $1'",
          "DROP FUNCTION slug(text)",
          "ALTER TABLE book SET UNLOGGED",
          "CREATE SCHEMA other; ALTER TABLE loan SET SCHEMA other",
          "ALTER TABLE author RENAME TO writer");

  @BeforeAll
  static void create() throws SQLException {
    sql("postgres", "CREATE DATABASE template_shop");
    sql("template_shop", TEMPLATE);
    sql("template_shop", "ANALYZE");
    for (var number = 0; number < DRIFTS.size() + ALIKE; number++) {
      sql("postgres", "CREATE DATABASE %s TEMPLATE template_shop".formatted(name(number)));
      if (number < DRIFTS.size()) {
        sql(name(number), DRIFTS.get(number));
      }
    }
  }

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  @Test
  void sharingAndWorkingInParallelChangeNothingThatIsFound() throws InterruptedException {
    var names = new ArrayList<String>();
    for (var number = 0; number < DRIFTS.size() + ALIKE; number++) {
      names.add(name(number));
    }
    var shared = check(SCRIPT, names, RunSettings.DEFAULT);
    var alone = check(SCRIPT, names, RunSettings.SEQUENTIAL_UNSHARED);

    assertThat(shared).isEqualTo(alone).allMatch(r -> r.outcome() == Outcome.PERFORMED);
    var reviews =
        shared.stream()
            .filter(result -> result.type() == CheckType.STATEMENT_ADVISE)
            .collect(groupingBy(Result::target));
    var usual = findings(reviews.get(database(name(DRIFTS.size()))));
    for (var number = DRIFTS.size(); number < names.size(); number++) {
      assertThat(findings(reviews.get(database(name(number))))).isEqualTo(usual);
    }
    // Not every change matters for this script, but many do: that is what sharing must not hide.
    var others =
        reviews.values().stream().map(SharedRunTest::findings).filter(f -> !f.equals(usual));
    assertThat(others.count()).isGreaterThanOrEqualTo(12);
  }

  @Test
  void tablesOfTheSameSchemaThatDifferInSizeAreToldApart() throws Exception {
    for (var name : List.of("none", "many")) {
      sql("postgres", "CREATE DATABASE " + name);
      sql(name, "CREATE TABLE book (id int PRIMARY KEY, title text)");
    }
    sql("many", "INSERT INTO book SELECT n, 'x' FROM generate_series(1, 50000) n");
    sql("many", "ANALYZE book");
    var script = "SET lock_timeout = '1s'; ALTER TABLE book ALTER COLUMN title SET NOT NULL;";

    var results = check(script, List.of("none", "many"), RunSettings.DEFAULT);

    var reviews =
        results.stream()
            .filter(result -> result.type() == CheckType.STATEMENT_ADVISE)
            .collect(groupingBy(Result::target));
    assertThat(findings(reviews.get(database("none")))).containsExactly("SUCCESS ");
    assertThat(findings(reviews.get(database("many"))))
        .containsExactly("ERROR column.set-not-null");
  }

  private static List<String> findings(@Nullable List<Result> results) {
    return requireNonNull(results).stream()
        .map(r -> r.finding().status() + " " + r.finding().rule())
        .toList();
  }

  private static List<Result> check(String script, List<String> databases, RunSettings settings)
      throws InterruptedException {
    var memory = new Memory(Clock.systemUTC());
    var sheets = memory.sheets();
    var sheet = sheets.put(script).sha256();
    var instance =
        new Instance(
            "main",
            "",
            Engine.POSTGRESQL,
            "",
            CLUSTER.host(),
            CLUSTER.port(),
            CLUSTER.user(),
            new Instance.Secret.None(),
            Instance.TlsMode.DISABLE);
    var targets =
        databases.stream()
            .map(name ->
                new CheckTarget(
                    database(name),
                    "",
                    "change",
                    sheet,
                    false,
                    false,
                    false,
                    new TreeMap<>(),
                    List.of(CheckType.STATEMENT_ADVISE, CheckType.STATEMENT_SUMMARY_REPORT),
                    false))
            .toList();
    var connector = new PostgresqlConnector(_ -> Optional.of(instance), _ -> CLUSTER.password());
    var terms = new PolicyTerms(Rules.defaultPolicy());
    var means =
        new CheckRunner.Means(
            new ScriptReview(null), _ -> new PolicySource.Found.Usable(terms), sheets);
    try (var runner =
        new CheckRunner(connector, means, memory.ports().leases(), settings, Clock.systemUTC())) {
      var found = new CollectedResults();
      var config = new PlanCheckRunConfig(targets, 1, AppliedPolicies.own("", List.of("")), "", "");
      runner.run(config, new StopSignal(), found);
      return found.all();
    }
  }

  private static DatabaseName database(String name) {
    return new DatabaseName("main", name);
  }

  private static String name(int number) {
    return "shop_%02d".formatted(number);
  }

  private static void sql(String database, String sql) throws SQLException {
    try (var connection = CLUSTER.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
