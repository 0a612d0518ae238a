// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.SizeBorders;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Connections to every version: what they cost, how they fail, how they end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionContract {
  private static final String SCRIPT = "ALTER TABLE orders ADD COLUMN note text";

  /// Before PGPASSFILE and `~/.pgpass`.
  private static final String PASSWORD_FILE = "org.postgresql.pgpassfile";

  private static final Limits SHORT =
      new Limits(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(1));

  private final TestServer server;
  private String database = "";

  SessionContract(TestServer server) {
    this.server = server;
  }

  @BeforeAll
  void fill() throws Exception {
    database =
        server.database(
            """
            CREATE TABLE alone (id int);
            CREATE TABLE customer (id int PRIMARY KEY);
            CREATE TABLE orders (id serial PRIMARY KEY, customer int REFERENCES customer);
            CREATE VIEW big AS SELECT id FROM orders;
            """);
  }

  @Test
  void takesAtMostTwoRoundTripsForASnapshot() throws Exception {
    try (var proxy = new Proxy(server.cluster().port());
        var session = through(proxy)) {
      proxy.waits();
      session.snapshot(Mentions.of(server.script(SCRIPT)), SizeBorders.DEFAULT);
      assertThat(proxy.waits()).isEqualTo(2);
      session.snapshot(
          Mentions.of(server.script("ALTER TABLE alone ADD x int")), SizeBorders.DEFAULT);
      assertThat(proxy.waits()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void takesOneRoundTripForACopyOfADatabaseThatWasRead() throws Exception {
    var copy = server.copy(database);
    var mentions = Mentions.of(server.script(SCRIPT));
    try (var proxy = new Proxy(server.cluster().port())) {
      var connector = server.connector(at("127.0.0.1", proxy.port()));
      try (var first = connector.open(name(), TestServer.LIMITS)) {
        first.snapshot(mentions, SizeBorders.DEFAULT);
      }
      try (var second = connector.open(new DatabaseName("test", copy), TestServer.LIMITS)) {
        proxy.waits();
        second.snapshot(mentions, SizeBorders.DEFAULT);
        assertThat(proxy.waits()).isEqualTo(1);
      }
    }
  }

  @Test
  void asksNothingToConnectAndOnceForEachPlan() throws Exception {
    try (var proxy = new Proxy(server.cluster().port());
        var session = through(proxy)) {
      assertThat(proxy.waits()).isZero();
      var script = server.script("DELETE FROM orders; DELETE FROM customer; DELETE FROM alone");
      session.estimate(script, script.statements());
      // Begin, three plans, what they leave out.
      assertThat(proxy.waits()).isEqualTo(5);
    }
  }

  @Test
  void knowsTheVersion() throws Exception {
    try (var session = server.open(database)) {
      assertThat(session.version()).isEqualTo(server.version());
    }
  }

  @Test
  void listsDatabasesButTemplatesAndThoseWithoutConnections() throws Exception {
    var closed = server.database("SELECT 1");
    server.execute("postgres", "ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(closed));
    assertThat(server.connector().databases(server.instance()))
        .contains("postgres", database)
        .doesNotContain("template0", "template1", closed)
        .isSorted();
  }

  @Test
  void neverPrintsAWrongPassword() {
    var connector =
        new PostgresqlConnector(_ -> Optional.of(server.instance()), _ -> "Sesame-open-7");
    fails(() -> connector.open(name(), SHORT), Kind.NOT_PERMITTED, "refuses the password");
  }

  @Test
  void saysThatAPasswordIsMissing() {
    var connector = new PostgresqlConnector(_ -> Optional.of(server.instance()), _ -> null);
    fails(() -> connector.open(name(), SHORT), Kind.NOT_PERMITTED, "asks for a password");
  }

  @Test
  void takesAPasswordFromThePasswordFile(@TempDir Path folder) throws Exception {
    var cluster = server.cluster();
    var file =
        Files.writeString(
            folder.resolve("passwords"),
            "%s:%d:%s:%s:%s\n"
                .formatted(
                    cluster.host(), cluster.port(), database, cluster.user(), cluster.password()));
    System.setProperty(PASSWORD_FILE, file.toString());
    try {
      new PostgresqlConnector(_ -> Optional.of(server.instance()), _ -> null)
          .open(name(), SHORT)
          .close();
    } finally {
      System.clearProperty(PASSWORD_FILE);
    }
  }

  @Test
  void saysThatADatabaseIsMissing() {
    fails(() -> server.open("nowhere"), Kind.MISSING, "no database \"nowhere\"");
  }

  @Test
  void saysThatAnInstanceIsMissing() {
    var connector = new PostgresqlConnector(_ -> Optional.empty(), _ -> null);
    fails(() -> connector.open(name(), SHORT), Kind.MISSING, "no instance test");
  }

  @Test
  void saysThatNothingListens() throws Exception {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    fails(() -> open(at("127.0.0.1", free), SHORT), Kind.UNREACHABLE, "Nothing listens at");
  }

  @Test
  void saysThatAHostIsUnknown() {
    fails(() -> open(at("nowhere.invalid", 5432), SHORT), Kind.UNREACHABLE, "nowhere.invalid");
  }

  @Test
  void refusesAHostThatCarriesOptions() {
    fails(
        () -> open(at("127.0.0.1/x?socketFactory=y", 5432), SHORT),
        Kind.UNREACHABLE,
        "expected: a name or an address");
  }

  @Test
  void givesUpOnASilentHostWithinTheLimit() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var start = System.nanoTime();
      fails(
          () -> open(at("127.0.0.1", silent.getLocalPort()), SHORT),
          Kind.UNREACHABLE,
          "no answer of a PostgreSQL server within 1 s");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void saysThatTlsIsNotOffered() {
    var instance = server.instance();
    var strict =
        new Instance(
            instance.id(),
            instance.title(),
            instance.engine(),
            instance.environment(),
            instance.host(),
            instance.port(),
            instance.user(),
            instance.password(),
            TlsMode.REQUIRE);
    fails(() -> open(strict, SHORT), Kind.REFUSED, "TLS");
  }

  @Test
  void saysThatThereAreTooManyConnections() throws Exception {
    var full =
        server.database(
            "CREATE ROLE full_%s LOGIN PASSWORD 'x' CONNECTION LIMIT 0"
                .formatted(server.version().major()));
    var instance = server.instance();
    var limited =
        new Instance(
            "test",
            "",
            instance.engine(),
            "",
            instance.host(),
            instance.port(),
            "full_" + server.version().major(),
            new Secret.None(),
            TlsMode.DISABLE);
    var connector = new PostgresqlConnector(_ -> Optional.of(limited), _ -> "x");
    fails(
        () -> connector.open(new DatabaseName("test", full), SHORT),
        Kind.BUSY,
        "too many connections");
  }

  @Test
  void saysThatADatabaseWasDroppedInTheMiddle() throws Exception {
    var doomed = server.copy(database);
    try (var session = server.open(doomed)) {
      server.execute("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(doomed));
      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(
              () -> session.snapshot(Mentions.of(server.script(SCRIPT)), SizeBorders.DEFAULT))
          .withMessageContaining(doomed)
          .satisfies(e -> assertThat(e.kind()).isIn(Kind.MISSING, Kind.UNREACHABLE));
    }
  }

  @Test
  void readsTheCatalogueWithoutSizesWhileATableIsLocked() throws Exception {
    try (var other = server.cluster().connect(database);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
      var snapshot = server.snapshot(database, SCRIPT);
      assertThat(snapshot.schema().table(dev.plancheck.engine.sql.ObjectName.of("orders")))
          .get()
          .satisfies(table -> assertThat(table.size()).isEqualTo(SizeBand.UNKNOWN))
          .satisfies(table -> assertThat(table.columns()).hasSize(2));
    }
  }

  @Test
  void cancelEndsWhatRunsWithinTwoSeconds() throws Exception {
    var patient =
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60));
    try (var other = server.cluster().connect(database);
        var statement = other.createStatement();
        var session = server.connector().open(name(), patient)) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
      endsCanceled(session);
    }
  }

  @Test
  void cancelCutsTheConnectionToAServerThatHasFallenSilent() throws Exception {
    try (var proxy = new Proxy(server.cluster().port());
        var session = through(proxy)) {
      proxy.fallSilent();
      endsCanceled(session);
    }
  }

  @Test
  void closeEndsACallUnderWay() throws Exception {
    try (var proxy = new Proxy(server.cluster().port())) {
      var session = through(proxy);
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
    try (var session = server.open(database)) {
      session.cancel();
      fails(
          () -> session.snapshot(Mentions.of(server.script(SCRIPT)), SizeBorders.DEFAULT),
          Kind.CANCELED,
          "canceled");
    }
  }

  private void endsCanceled(TargetSession session) throws Exception {
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
  private CompletableFuture<Throwable> snapshotLater(TargetSession session) {
    var result = new CompletableFuture<Throwable>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            session.snapshot(Mentions.of(server.script(SCRIPT)), SizeBorders.DEFAULT);
            result.completeExceptionally(new AssertionError("it ended well"));
          } catch (TargetException e) {
            result.complete(e);
          }
        });
    return result;
  }

  private TargetSession through(Proxy proxy) throws TargetException {
    return open(at("127.0.0.1", proxy.port()), TestServer.LIMITS);
  }

  private TargetSession open(Instance instance, Limits limits) throws TargetException {
    return server.connector(instance).open(name(), limits);
  }

  private Instance at(String host, int port) {
    var instance = server.instance();
    return new Instance(
        instance.id(),
        instance.title(),
        instance.engine(),
        instance.environment(),
        host,
        port,
        instance.user(),
        instance.password(),
        instance.tls());
  }

  private DatabaseName name() {
    return new DatabaseName("test", database);
  }

  private static void fails(ThrowingCallable call, Kind kind, String words) {
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(call)
        .withMessageContaining(words)
        .withMessageNotContaining("Sesame")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
