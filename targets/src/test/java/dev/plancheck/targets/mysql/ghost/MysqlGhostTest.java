// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plancheck.checks.ghost.Answer.Told;
import dev.plancheck.checks.ghost.Answer.Untold;
import dev.plancheck.checks.ghost.GhostFacts;
import dev.plancheck.checks.ghost.GhostFacts.ForeignKey;
import dev.plancheck.checks.ghost.GhostFacts.Found;
import dev.plancheck.checks.ghost.GhostFacts.Relation;
import dev.plancheck.checks.ghost.GhostFacts.TableKey;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each kind of server says, and that asking changes nothing.
final class MysqlGhostTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final String[] SHOP = {
    "CREATE TABLE author (id int PRIMARY KEY)",
    """
    CREATE TABLE book (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, \
    title varchar(40) CHARACTER SET latin1, isbn char(13) NOT NULL, author int, \
    twice int AS (author * 2) STORED, UNIQUE KEY by_isbn (isbn), UNIQUE KEY begun (title(5), isbn), \
    KEY by_title (title), FOREIGN KEY of_author (author) REFERENCES author (id))\
    """,
    "CREATE TABLE page (book int unsigned, FOREIGN KEY of_book (book) REFERENCES book (id))",
    "CREATE VIEW bXok AS SELECT * FROM book",
    "CREATE TABLE _book_gho (id int)",
    "CREATE TRIGGER stamp BEFORE INSERT ON book FOR EACH ROW SET NEW.title = 'x'",
    "INSERT INTO author VALUES (1)",
    "INSERT INTO book (isbn, author) VALUES ('a', 1), ('b', 1)"
  };

  @ParameterizedTest
  @EnumSource
  void tellsOfATableWhatGhostLooksAt(MysqlServers server) throws Exception {
    var database = server.freshDatabase(SHOP);

    var found = found(facts(server, database, "book"));
    var book = (Relation.Base) found.relation();

    assertThat(book.engine()).isEqualTo("InnoDB");
    assertThat(book.columns())
        .extracting(column ->
            "%s %s %s %s"
                .formatted(column.name(), column.nullable(), column.charset(), column.generated()))
        .startsWith("id false null false", "title true latin1 false")
        .contains("twice true null true");
    assertThat(book.columns().getFirst().autoIncrement()).isTrue();
    assertThat(book.columns().getFirst().type()).matches("int(\\(10\\))? unsigned");
    assertThat(book.keys())
        .contains(
            new TableKey("PRIMARY", true, List.of("id"), false),
            new TableKey("begun", true, List.of("title", "isbn"), true),
            new TableKey("by_title", false, List.of("title"), false));
    assertThat(book.foreignKeys())
        .extracting(ForeignKey::child, ForeignKey::parent, ForeignKey::ofParent)
        .containsExactly(
            tuple(database + ".book", database + ".author", false),
            tuple(database + ".page", database + ".book", true));
    assertThat(book.triggers()).containsExactly("stamp");
    assertThat(book.dataBytes()).isPositive();
    assertThat(book.runningIn()).isNull();
    assertThat(found.alike()).containsExactlyInAnyOrder("bXok", "_book_gho");
    assertThat(found.views()).containsExactly("bXok");
  }

  @ParameterizedTest
  @EnumSource
  void tellsOfTheServerWhatGhostAsksFirst(MysqlServers server) throws Exception {
    var database = server.freshDatabase(SHOP);

    var facts = facts(server, database, "book");

    assertThat(facts.server().database()).isEqualTo(database);
    assertThat(facts.server().variables())
        .containsEntry("log_bin", "ON")
        .containsEntry("binlog_format", "ROW")
        .containsEntry("binlog_row_image", "FULL")
        .containsKeys("sql_mode", "read_only", "lower_case_table_names");
    assertThat(facts.server().binaryLog())
        .isEqualTo(new Told<>(new GhostFacts.BinaryLog(List.of(), List.of())));
    assertThat(facts.server().sources()).isEqualTo(new Told<>(List.of()));
    assertThat(facts.server().replicas()).isEqualTo(new Told<>(0));
    // On from MySQL 8 on, off in MySQL 5.7 and MariaDB.
    assertThat(facts.server().metadataLocks())
        .isEqualTo(new Told<>(server == MysqlServers.MYSQL_80));
    assertThat(facts.grants()).isInstanceOf(Told.class);
  }

  @ParameterizedTest
  @EnumSource
  void takesNamesForNamesAndNotForPatterns(MysqlServers server) throws Exception {
    var database =
        server.freshDatabase(
            "CREATE TABLE axb (id int PRIMARY KEY)",
            "CREATE TABLE `it's %\\` (id int PRIMARY KEY)",
            "CREATE TABLE `bücher` (id int PRIMARY KEY)",
            "CREATE VIEW seen AS SELECT 1");

    assertThat(relation(server, database, "a_b")).isInstanceOf(Relation.Missing.class);
    assertThat(relation(server, database, "AXB")).isInstanceOf(Relation.Missing.class);
    assertThat(relation(server, database, "seen")).isInstanceOf(Relation.View.class);
    assertThat(relation(server, database, "it's %\\")).isInstanceOf(Relation.Base.class);
    assertThat(relation(server, database, "bücher"))
        .isInstanceOfSatisfying(Relation.Base.class, base -> assertThat(base.keys()).hasSize(1));
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhoHoldsTheLockOfGhost(MysqlServers server) throws Exception {
    var database = server.freshDatabase(SHOP);
    try (var other = server.connect(database);
        var statement = other.createStatement()) {
      statement.execute("DO GET_LOCK('gh-ost::%s.book', 1)".formatted(database));

      assertThat(((Relation.Base) relation(server, database, "book")).runningIn()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhichRightIsMissing(MysqlServers server) throws Exception {
    var database = server.freshDatabase(SHOP);
    var user = "few" + database;
    server.execute(
        "",
        "CREATE USER '%s'@'%%' %s".formatted(user, identified(server)),
        "GRANT SELECT ON %s.book TO '%s'@'%%'".formatted(database, user));

    var facts = ghost(connect(server, database, user), server).facts(ObjectName.of("book"));

    var rights = server.engine() == Engine.MARIADB ? "BINLOG MONITOR" : "REPLICATION CLIENT";
    assertThat(reason(facts.server().binaryLog()))
        .contains("SHOW MASTER STATUS (error 1227")
        .contains("GRANT %s ON *.* TO `%s`@`%%`".formatted(rights, user));
    assertThat(reason(facts.server().sources())).contains("GRANT ");
    if (server != MysqlServers.MARIADB) {
      assertThat(reason(facts.server().metadataLocks()))
          .contains("GRANT SELECT ON performance_schema.* TO");
    }
    assertThat(((Told<GhostFacts.Grants>) facts.grants()).value().lines())
        .anySatisfy(line -> assertThat(line).startsWith("GRANT USAGE ON *.*"))
        .noneSatisfy(line -> assertThat(line).contains("IDENTIFIED"));
    assertThat(found(facts).relation()).isInstanceOf(Relation.Base.class);
    assertThat(
            found(ghost(connect(server, database, user), server).facts(ObjectName.of("author")))
                .relation())
        .isInstanceOf(Relation.Missing.class);
  }

  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void readsWhatRolesGiveWhereTheUsersLinesDoNotTell(MysqlServers server) throws Exception {
    var database = server.freshDatabase(SHOP);
    server.execute(
        "",
        "CREATE ROLE r" + database,
        "GRANT ALL PRIVILEGES ON *.* TO r" + database,
        "CREATE USER 'u%s'@'%%' %s".formatted(database, identified(server)),
        "GRANT r%s TO 'u%s'@'%%'".formatted(database, database),
        "SET DEFAULT ROLE r%s FOR 'u%s'@'%%'".formatted(database, database));

    var facts =
        ghost(connect(server, database, "u" + database), server).facts(ObjectName.of("book"));

    assertThat(((Told<GhostFacts.Grants>) facts.grants()).value().ofRoles())
        .anySatisfy(line -> assertThat(line).contains("GRANT ALL PRIVILEGES ON *.*"));
  }

  @ParameterizedTest
  @EnumSource
  void asksNothingButSelectAndShowAndChangesNothing(MysqlServers server) throws Exception {
    var database = server.freshDatabase(SHOP);
    var before = state(server, database);
    server.execute("", "SET GLOBAL log_output = 'TABLE'", "SET GLOBAL general_log = ON");
    List<String> asked;
    try (var connection = server.connect(database)) {
      var thread = query(connection, "SELECT CONNECTION_ID()").getFirst();
      var _ = ghost(connection, server).facts(ObjectName.of("book"));
      server.execute("", "SET GLOBAL general_log = OFF");
      asked =
          query(
              connection,
              """
              SELECT CONVERT(argument USING utf8) FROM mysql.general_log \
              WHERE thread_id = %s AND command_type NOT IN ('Connect', 'Quit', 'Init DB') \
              ORDER BY event_time\
              """
                  .formatted(thread));
    } finally {
      server.execute("", "SET GLOBAL general_log = OFF", "SET GLOBAL log_output = 'FILE'");
    }

    assertThat(asked).hasSizeGreaterThan(12);
    assertThat(asked)
        .allSatisfy(sql ->
            assertThat(sql).matches("(?si)(SELECT|SHOW|SET(?! *(GLOBAL|PERSIST|@@GLOBAL))) .*"));
    assertThat(state(server, database)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void endsAQuestionThatTakesTooLong(MysqlServers server) throws Exception {
    try (var connection = server.connect("")) {
      var asker = Asker.over(connection, Duration.ofMillis(500));
      var begun = System.nanoTime();

      assertThatThrownBy(() -> asker.ask("SELECT SLEEP(30)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(Refusable.isBroken(e)).isTrue());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
  }

  /// Everything that a check could have changed: tables, columns and the server's own settings.
  private static SortedMap<String, String> state(MysqlServers server, String database)
      throws SQLException {
    var state = new TreeMap<String, String>();
    try (var connection = server.connect(database)) {
      for (var table :
          query(
              connection,
              "SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME, ' ', IFNULL(CREATE_TIME, ''))"
                  + " FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN"
                  + " ('information_schema', 'performance_schema', 'mysql', 'sys')")) {
        state.put("table " + table, "");
      }
      state.put("book", query(connection, "CHECKSUM TABLE book EXTENDED").toString());
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
        while (rows.next()) {
          state.put("variable " + rows.getString(1), String.valueOf(rows.getString(2)));
        }
      }
    }
    state.keySet().removeIf(name -> name.matches("variable (general_log|log_output)"));
    return state;
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(rows.getMetaData().getColumnCount())));
      }
    }
    return found;
  }

  private static GhostFacts facts(MysqlServers server, String database, String table)
      throws SQLException, TargetException {
    try (var connection = server.connect(database)) {
      return ghost(connection, server).facts(ObjectName.of(table));
    }
  }

  private static Relation relation(MysqlServers server, String database, String table)
      throws SQLException, TargetException {
    return found(facts(server, database, table)).relation();
  }

  private static MysqlGhost ghost(Connection connection, MysqlServers server) throws SQLException {
    return new MysqlGhost(
        Asker.over(connection, LIMIT),
        server.engine(),
        true,
        e -> new TargetException(TargetException.Kind.OTHER, String.valueOf(e.getMessage())));
  }

  private static Found found(GhostFacts facts) {
    if (facts.table() instanceof Told<Found>(var found)) {
      return found;
    }
    throw new AssertionError(facts.table());
  }

  private static String reason(@Nullable Object answer) {
    assertThat(answer).isInstanceOf(Untold.class);
    return answer instanceof Untold<?>(var reason) ? reason : "";
  }

  private static Connection connect(MysqlServers server, String database, String user)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://%s:%d/%s?sslMode=disable".formatted(server.host(), server.port(), database),
        user,
        "secret");
  }

  /// As the driver can log in without TLS.
  private static String identified(MysqlServers server) {
    return server.engine() == Engine.MARIADB
        ? "IDENTIFIED BY 'secret'"
        : "IDENTIFIED WITH mysql_native_password BY 'secret'";
  }
}
