// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.login.Endpoint;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a session promises, and what it says when something is in its way.
@Timeout(180)
final class MysqlSessionTest {
  private static final Limits SHORT =
      new Limits(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(1));

  private static final String SCRIPT = "SELECT * FROM book";

  @ParameterizedTest
  @EnumSource
  void readsAndCannotWrite(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)");
    var line = line(server, TestInstance.LIMITS);
    try (line) {
      line.use(database);
      assertThat(line.ask("SELECT @@SESSION.sql_mode = @@GLOBAL.sql_mode").getFirst().text(0))
          .isEqualTo("1");
      for (var sql : new String[] {"INSERT INTO book VALUES (1)", "DROP TABLE book"}) {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> line.attempt(sql))
            .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(1792));
      }
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> line.attempt("SELECT 1; SELECT 2"))
          .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(1064));
    }
  }

  @ParameterizedTest
  @EnumSource
  void knowsTheVersion(MysqlServers server) throws Exception {
    try (var session = TestInstance.of(server).open(server.freshDatabase())) {
      assertThat(session.version().engine()).isEqualTo(server.engine());
      assertThat(server.binaries().version()).startsWith(session.version().number() + ".");
    }
  }

  @ParameterizedTest
  @EnumSource
  void listsDatabasesButThoseOfTheSystem(MysqlServers server) throws Exception {
    var database = server.freshDatabase();
    var instance = TestInstance.of(server);
    assertThat(instance.connector().databases(instance.instance()))
        .contains(database)
        .doesNotContain("mysql", "information_schema", "performance_schema", "sys")
        .isSorted();
  }

  @ParameterizedTest
  @EnumSource
  void oneConnectionServesManyDatabases(MysqlServers server) throws Exception {
    var connector = TestInstance.of(server).connector();
    var before = connections(server);
    for (var i = 0; i < 5; i++) {
      var database = server.freshDatabase("CREATE TABLE book (id INT, c" + i + " INT)");
      try (var session = connector.open(TestInstance.name(database), TestInstance.LIMITS)) {
        var book = session.snapshot(mentions(session), SizeBorders.DEFAULT).schema();
        assertThat(book.table(ObjectName.of("book")).orElseThrow().columns().getLast().name())
            .isEqualTo("c" + i);
      }
    }
    // Two for each new database, one for this question.
    assertThat(connections(server) - before - 5 * 2 - 1).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aFailedConnectionIsNotUsedAgain(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)");
    try (var proxy = new SilentProxy(server.port())) {
      var connector = TestInstance.of(server).at("127.0.0.1", proxy.port()).connector();
      connector.open(TestInstance.name(database), TestInstance.LIMITS).close();
      // The one that was kept is gone when it is needed.
      proxy.cut();
      try (var session = connector.open(TestInstance.name(database), TestInstance.LIMITS)) {
        assertThat(session.snapshot(mentions(session), SizeBorders.DEFAULT).schema().tables())
            .hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksFewQuestions(MysqlServers server) throws Exception {
    var database =
        server.freshDatabase(
            "CREATE TABLE author (id INT PRIMARY KEY)",
            "CREATE TABLE book (id INT, author INT, FOREIGN KEY (author) REFERENCES author (id))");
    var connector = TestInstance.of(server).connector();
    connector.open(TestInstance.name(database), TestInstance.LIMITS).close();
    var before = questions(server);
    try (var session = connector.open(TestInstance.name(database), TestInstance.LIMITS)) {
      session.snapshot(mentions(session), SizeBorders.DEFAULT);
    }
    // Its database, what is named, what that leads to, whether there are rows; and this question,
    // for which the driver asks some of its own.
    assertThat(questions(server) - before).isLessThanOrEqualTo(4 + 3);
  }

  @ParameterizedTest
  @EnumSource
  void neverPrintsAWrongPassword(MysqlServers server) {
    fails(
        () -> TestInstance.of(server).withLogin("root", "Sesame-open-7").open("mysql"),
        Kind.NOT_PERMITTED,
        "refuses the password of the user \"root\"");
    fails(
        () -> TestInstance.of(server).withLogin("nobody", "Sesame").open("mysql"),
        Kind.NOT_PERMITTED,
        "nobody");
  }

  @ParameterizedTest
  @EnumSource
  void saysThatADatabaseIsMissing(MysqlServers server) {
    fails(() -> TestInstance.of(server).open("nowhere"), Kind.MISSING, "no database \"nowhere\"");
  }

  @ParameterizedTest
  @EnumSource
  void saysThatADatabaseMayNotBeSeen(MysqlServers server) throws Exception {
    var database = server.freshDatabase();
    server.execute("", "CREATE USER blind" + database + " IDENTIFIED BY 'x'");
    fails(
        () -> TestInstance.of(server).withLogin("blind" + database, "x").open(database),
        Kind.NOT_PERMITTED,
        "GRANT SELECT ON `%s`.*".formatted(database));
  }

  @ParameterizedTest
  @EnumSource
  void saysWhichEngineItReallyIs(MysqlServers server) {
    var other = server.engine() == Engine.MYSQL ? Engine.MARIADB : Engine.MYSQL;
    fails(
        () -> TestInstance.of(server).withEngine(other).open("mysql"),
        Kind.OTHER,
        "Make its engine %s; in a URL write %s://"
            .formatted(server.engine().name(), server.engine().id()));
  }

  @Test
  void saysThatAnInstanceIsMissing() {
    var connector = new MysqlConnector(_ -> Optional.empty(), _ -> null);
    fails(() -> connector.open(TestInstance.name("shop"), SHORT), Kind.MISSING, "no instance db1");
  }

  @Test
  void saysThatNothingListens() throws Exception {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    fails(
        () -> TestInstance.of(MysqlServers.MARIADB).at("127.0.0.1", free).open("shop"),
        Kind.UNREACHABLE,
        "Nothing listens at");
  }

  @Test
  void saysThatAHostIsUnknown() {
    fails(
        () -> TestInstance.of(MysqlServers.MARIADB).at("nowhere.invalid", 3306).open("shop"),
        Kind.UNREACHABLE,
        "nowhere.invalid");
  }

  @Test
  void givesUpOnASilentHostWithinTheLimit() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var instance = TestInstance.of(MysqlServers.MARIADB).at("127.0.0.1", silent.getLocalPort());
      var start = System.nanoTime();
      fails(
          () -> instance.connector().open(TestInstance.name("shop"), SHORT),
          Kind.UNREACHABLE,
          "no answer of a MariaDB server within 1 s");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatIsWrongWithTls(MysqlServers server) {
    var offered = server == MysqlServers.MYSQL_80;
    var required = TestInstance.of(server).withTls(TlsMode.REQUIRE);
    var verified = TestInstance.of(server).withTls(TlsMode.VERIFY_FULL);
    if (offered) {
      fails(() -> verified.open("mysql"), Kind.REFUSED, "certificate is not trusted");
    } else {
      fails(() -> required.open("mysql"), Kind.REFUSED, "offers no TLS");
      fails(() -> verified.open("mysql"), Kind.REFUSED, "offers no TLS");
    }
  }

  @ParameterizedTest
  @EnumSource
  void logsInWithoutTlsWhereThatIsWanted(MysqlServers server) throws Exception {
    var database = server.freshDatabase();
    var user = "plain" + database;
    var kind = server == MysqlServers.MYSQL_80 ? "WITH caching_sha2_password BY" : "BY";
    server.execute(
        "",
        "CREATE USER %s IDENTIFIED %s 'x'".formatted(user, kind),
        "GRANT SELECT ON %s.* TO %s".formatted(database, user));
    TestInstance.of(server).withLogin(user, "x").withTls(TlsMode.DISABLE).open(database).close();
  }

  @ParameterizedTest
  @EnumSource
  void saysThatThereAreTooManyConnections(MysqlServers server) throws Exception {
    var database = server.freshDatabase();
    var user = "full" + database;
    server.execute(
        "",
        "CREATE USER %s IDENTIFIED BY 'x' WITH MAX_USER_CONNECTIONS 1".formatted(user),
        "GRANT SELECT ON %s.* TO %s".formatted(database, user));
    var instance = TestInstance.of(server).withLogin(user, "x");
    try (var _ = instance.open(database)) {
      fails(() -> instance.open(database), Kind.BUSY, "too many connections");
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysThatAStatementTookTooLong(MysqlServers server) throws Exception {
    var hasty = new Limits(Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(1));
    try (var line = line(server, hasty)) {
      var slow =
          "SELECT COUNT(*) FROM information_schema.columns a JOIN information_schema.columns b"
              + " JOIN information_schema.columns c ON a.extra <> b.column_type";
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> line.ask(slow))
          .satisfies(e ->
              assertThat(new Failures(endpoint(server), server.engine(), hasty).asking(e))
                  .hasMessageContaining("needed more than 200 ms")
                  .extracting(TargetException::kind)
                  .isEqualTo(Kind.TIMED_OUT));
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysThatItsConnectionWasKilled(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)");
    var user = "killed" + database;
    server.execute(
        "",
        "CREATE USER %s IDENTIFIED BY 'x'".formatted(user),
        "GRANT SELECT ON %s.* TO %s".formatted(database, user));
    try (var session = TestInstance.of(server).withLogin(user, "x").open(database)) {
      var id =
          server.query(
              "",
              "SELECT id FROM information_schema.processlist WHERE user = '%s'".formatted(user));
      server.execute("", "KILL " + id);
      fails(
          () -> session.snapshot(mentions(session), SizeBorders.DEFAULT),
          Kind.UNREACHABLE,
          database);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatIsLockedIsReadWithoutLookingForRows(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)");
    try (var other = server.connect(database);
        var statement = other.createStatement()) {
      statement.execute("LOCK TABLES book WRITE");
      var snapshot = TestInstance.of(server).snapshot(database, SCRIPT);
      var book = snapshot.schema().table(ObjectName.of("book")).orElseThrow();
      assertThat(book.size()).isNotEqualTo(SizeBand.EMPTY);
      assertThat(book.columns()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelEndsWhatRunsWithinTwoSeconds(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)");
    var patient =
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60));
    try (var other = server.connect(database);
        var statement = other.createStatement();
        var session =
            TestInstance.of(server).connector().open(TestInstance.name(database), patient)) {
      statement.execute("LOCK TABLES book WRITE");
      endsCanceled(session);
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelCutsTheConnectionToAServerThatHasFallenSilent(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)");
    try (var proxy = new SilentProxy(server.port());
        var session = TestInstance.of(server).at("127.0.0.1", proxy.port()).open(database)) {
      proxy.fallSilent();
      endsCanceled(session);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeEndsACallUnderWay(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)");
    try (var proxy = new SilentProxy(server.port())) {
      var session = TestInstance.of(server).at("127.0.0.1", proxy.port()).open(database);
      proxy.fallSilent();
      var call = snapshotLater(session);
      Thread.sleep(200);
      session.close();
      assertThat(call.get(2, TimeUnit.SECONDS)).isInstanceOf(TargetException.class);
      session.close();
    }
  }

  @Test
  void asksNothingAfterACancel() throws Exception {
    var server = MysqlServers.MARIADB;
    try (var session = TestInstance.of(server).open(server.freshDatabase())) {
      session.cancel();
      fails(
          () -> session.snapshot(mentions(session), SizeBorders.DEFAULT),
          Kind.CANCELED,
          "canceled");
    }
  }

  private static void endsCanceled(TargetSession session) throws Exception {
    var call = snapshotLater(session);
    Thread.sleep(300);
    var start = System.nanoTime();
    session.cancel();
    var failure = call.get(10, TimeUnit.SECONDS);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(failure)
        .isInstanceOfSatisfying(
            TargetException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELED));
  }

  /// What the snapshot failed with.
  private static CompletableFuture<Throwable> snapshotLater(TargetSession session) {
    var result = new CompletableFuture<Throwable>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            session.snapshot(mentions(session), SizeBorders.DEFAULT);
            result.completeExceptionally(new AssertionError("it ended well"));
          } catch (TargetException e) {
            result.complete(e);
          }
        });
    return result;
  }

  private static Mentions mentions(TargetSession session) {
    return Mentions.of(TestInstance.parsed(session.version(), SCRIPT));
  }

  private static Line line(MysqlServers server, Limits limits) throws SQLException {
    return new Dialing().dial(endpoint(server), server.password(), limits);
  }

  private static Endpoint endpoint(MysqlServers server) {
    return new Endpoint(
        server.host(), server.port(), server.user(), TlsMode.PREFER, "information_schema");
  }

  private static long connections(MysqlServers server) throws SQLException {
    return status(server, "Connections");
  }

  private static long questions(MysqlServers server) throws SQLException {
    return status(server, "Questions");
  }

  private static long status(MysqlServers server, String name) throws SQLException {
    try (var connection = server.connect("");
        var statement = connection.createStatement();
        var answer = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
      answer.next();
      return answer.getLong(2);
    }
  }

  private static void fails(ThrowingCallable call, Kind kind, String words) {
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(call)
        .withMessageContaining(words)
        .withMessageNotContaining("Sesame")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
