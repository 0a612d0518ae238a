// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Databases that are read together tell what each tells alone.
@Timeout(300)
final class TogetherTest {
  private static final String[] SHOP = {
    "CREATE TABLE author (id INT PRIMARY KEY, name VARCHAR(40))",
    "CREATE TABLE book (id INT PRIMARY KEY, title VARCHAR(40) DEFAULT 'x', price DECIMAL(9,2),"
        + " author INT, twice DECIMAL(9,2) AS (price * 2) VIRTUAL, KEY by_title (title),"
        + " CONSTRAINT written FOREIGN KEY (author) REFERENCES author (id) ON DELETE CASCADE)",
    "CREATE TABLE review (id INT PRIMARY KEY, book INT, FOREIGN KEY (book) REFERENCES book (id)"
        + " ON DELETE CASCADE)",
    "INSERT INTO author VALUES (1, 'a'), (2, 'b')",
    "INSERT INTO book (id, title, author) VALUES (1, 'x', 1), (2, 'y', 1), (3, 'z', 2)"
  };

  private static final String SCRIPT =
      """
      ALTER TABLE book ADD COLUMN more INT;
      UPDATE book SET title = 'new' WHERE title > 'x';
      DELETE FROM author WHERE id = 1;
      UPDATE book JOIN author ON book.author = author.id SET book.title = 'named';
      DELETE FROM other_shop.book WHERE twice(id) > 2;
      DELETE FROM library WHERE id > 0;
      """;

  private static final List<String> DRIFTS =
      List.of(
          "ALTER TABLE book ADD COLUMN extra INT",
          "ALTER TABLE book MODIFY title VARCHAR(41) CHARACTER SET ascii DEFAULT 'x' COMMENT 'it'",
          "ALTER TABLE book DROP FOREIGN KEY written",
          "DROP TABLE review; DROP TABLE book",
          "DROP TABLE review",
          "ALTER TABLE review DROP FOREIGN KEY review_ibfk_1; ALTER TABLE book DROP FOREIGN KEY"
              + " written; ALTER TABLE book ENGINE = MyISAM",
          "CREATE TRIGGER stamp BEFORE UPDATE ON book FOR EACH ROW SET NEW.title = 'y'",
          "CREATE TRIGGER gone AFTER DELETE ON author FOR EACH ROW SET @gone = 1",
          "CREATE VIEW library AS SELECT id FROM book",
          "CREATE TABLE library (id INT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3",
          "CREATE FUNCTION twice (n INT) RETURNS INT DETERMINISTIC RETURN 2 * n",
          "DELETE FROM book",
          "ALTER DATABASE {database} CHARACTER SET ascii",
          "CREATE TABLE child (book INT, FOREIGN KEY (book) REFERENCES {first}.book (id))",
          "CREATE TABLE library (id INT PRIMARY KEY, CHECK (id > 3), book INT,"
              + " FOREIGN KEY (book) REFERENCES {first}.book (id) ON UPDATE CASCADE)");

  @ParameterizedTest
  @EnumSource
  void eachTellsWhatItTellsAlone(MysqlServers server) throws Exception {
    var databases = fleet(server);
    var connector = TestInstance.of(server).connector();
    var alone = new ArrayList<Told>();
    for (var database : databases) {
      alone.add(told(connector, database));
    }
    var together = new ArrayList<Told>();
    var shared = together(connector, databases);
    for (var database : databases) {
      together.add(told(shared, database));
    }
    assertThat(together).isEqualTo(alone);
    assertThat(alone.stream().map(told -> told.snapshot().fingerprint()).distinct().count())
        .isGreaterThan(DRIFTS.size() / 2);
  }

  @ParameterizedTest
  @EnumSource
  void theServerIsAskedLess(MysqlServers server) throws Exception {
    var databases = alike(server, 12);
    var connector = TestInstance.of(server).connector();
    told(connector, databases.getFirst());
    var before = questions(server);
    for (var database : databases) {
      told(connector, database);
    }
    var between = questions(server);
    var shared = together(connector, databases);
    for (var database : databases) {
      told(shared, database);
    }
    var after = questions(server);
    // Two or three questions less for each but the first.
    assertThat(between - before - (after - between)).isGreaterThanOrEqualTo(2L * 11);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotThereSpoilsNothing(MysqlServers server) throws Exception {
    var databases = new ArrayList<>(alike(server, 8));
    databases.add(1, "never_there");
    server.execute("", "DROP DATABASE " + databases.getLast());
    var fourth = server.freshDatabase(SHOP);
    databases.add(fourth);
    var connector = together(TestInstance.of(server).connector(), databases);
    var first = told(connector, databases.getFirst()).snapshot();
    server.execute("", "DROP DATABASE " + fourth);
    for (var missing : List.of("never_there", databases.get(8), fourth)) {
      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(() -> told(connector, missing))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.MISSING));
    }
    assertThat(told(connector, databases.get(2)).snapshot()).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasReadAheadIsUsedOnce(MysqlServers server) throws Exception {
    var databases = alike(server, 8);
    var connector = together(TestInstance.of(server).connector(), databases);
    var first = told(connector, databases.getFirst()).snapshot();
    server.execute(databases.getLast(), "ALTER TABLE book ADD COLUMN late INT");
    assertThat(told(connector, databases.getLast()).snapshot()).isEqualTo(first);
    var again = told(connector, databases.getLast()).snapshot().schema();
    assertThat(again.table(ObjectName.of("book")).orElseThrow().columns().getLast().name())
        .isEqualTo("late");
  }

  @ParameterizedTest
  @EnumSource
  void anotherScriptIsAnotherQuestion(MysqlServers server) throws Exception {
    var databases = alike(server, 8);
    var connector = TestInstance.of(server).connector();
    var shared = together(connector, databases);
    for (var database : databases) {
      for (var script : List.of(SCRIPT, "DROP TABLE review", "DROP DATABASE elsewhere")) {
        assertThat(told(shared, database, script)).isEqualTo(told(connector, database, script));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoMayNotSeeHearsItAsAlone(MysqlServers server) throws Exception {
    var databases = alike(server, 8);
    var user = "some_" + databases.getFirst();
    server.execute("", "CREATE USER " + user + " IDENTIFIED BY 'secret'");
    server.execute(
        "",
        "GRANT SELECT ON %s.* TO %s".formatted(databases.get(0), user),
        "GRANT SELECT ON %s.book TO %s".formatted(databases.get(1), user),
        "GRANT SELECT (id) ON %s.book TO %s".formatted(databases.get(2), user));
    var connector = TestInstance.of(server).withLogin(user, "secret").connector();
    var shared = together(connector, databases);
    for (var database : databases) {
      assertThat(outcome(shared, database)).as(database).isEqualTo(outcome(connector, database));
    }
    assertThat(outcome(shared, databases.getLast())).contains("may not see");
  }

  @ParameterizedTest
  @EnumSource
  void aLockedTableIsItsOwnDatabasesTrouble(MysqlServers server) throws Exception {
    var databases = alike(server, 8);
    for (var database : databases) {
      server.execute(database, "CREATE TABLE library (id INT PRIMARY KEY)");
    }
    var connector = TestInstance.of(server).connector();
    var fine = told(connector, databases.getLast());
    var shared = together(connector, databases);
    try (var other = server.connect(databases.get(1));
        var statement = other.createStatement()) {
      statement.execute("LOCK TABLES library WRITE");
      var locked = outcome(connector, databases.get(1));
      assertThat(outcome(shared, databases.get(0))).isEqualTo(String.valueOf(fine));
      assertThat(outcome(shared, databases.get(1))).isEqualTo(locked).isNotEqualTo("" + fine);
      assertThat(outcome(shared, databases.get(2))).isEqualTo(String.valueOf(fine));
    }
  }

  /// Tenants that drifted, in databases with odd names, too.
  private static List<String> fleet(MysqlServers server) throws Exception {
    server.execute("", "DROP DATABASE IF EXISTS other_shop", "CREATE DATABASE other_shop");
    server.execute("other_shop", SHOP);
    var databases = new ArrayList<>(alike(server, 2));
    for (var drift : DRIFTS) {
      var database = server.freshDatabase(SHOP);
      databases.add(database);
      server.execute(
          database,
          drift
              .replace("{database}", database)
              .replace("{first}", databases.getFirst())
              .split("; ", -1));
    }
    var number = databases.getFirst().replace("test", "");
    for (var odd : List.of("odd-%s'`", "mit Leerzeichen ü%s", "Dot.%s", "back\\slash%s")) {
      var name = odd.formatted(number);
      server.execute("", "CREATE DATABASE " + Literals.name(name));
      try (var connection = server.connect("");
          var statement = connection.createStatement()) {
        statement.execute("USE " + Literals.name(name));
        for (var sql : SHOP) {
          statement.execute(sql);
        }
      }
      databases.add(name);
    }
    databases.add("other_shop");
    return databases;
  }

  private static List<String> alike(MysqlServers server, int count) throws Exception {
    var databases = new ArrayList<String>();
    for (var number = 0; number < count; number++) {
      databases.add(server.freshDatabase(SHOP));
    }
    return databases;
  }

  private static TargetConnector together(TargetConnector connector, List<String> databases) {
    return connector
        .together(databases.stream().map(TestInstance::name).toList(), Engine.MYSQL)
        .orElseThrow();
  }

  private static long questions(MysqlServers server) throws Exception {
    try (var connection = server.connect("");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Questions'")) {
      rows.next();
      return rows.getLong(2);
    }
  }

  private record Told(Snapshot snapshot, List<RowEstimate> estimates) {}

  /// What is told, or the words for why not.
  private static String outcome(TargetConnector connector, String database) {
    try {
      return String.valueOf(told(connector, database));
    } catch (TargetException e) {
      return e.kind() + " " + e.getMessage();
    }
  }

  private static Told told(TargetConnector connector, String database) throws TargetException {
    return told(connector, database, SCRIPT);
  }

  private static Told told(TargetConnector connector, String database, String text)
      throws TargetException {
    try (TargetSession session = connector.open(TestInstance.name(database), TestInstance.LIMITS)) {
      var script = TestInstance.parsed(session.version(), text);
      var snapshot = session.snapshot(Mentions.of(script), SizeBorders.DEFAULT);
      var asked =
          script.statements().stream()
              .filter(statement ->
                  statement.statement() instanceof Statement.Update
                      || statement.statement() instanceof Statement.Delete)
              .toList();
      return new Told(snapshot, session.estimate(script, asked));
    }
  }
}
