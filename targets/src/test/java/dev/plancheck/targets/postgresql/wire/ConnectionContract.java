// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.embedded.PostgresBinaries;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/// Logins of every kind and all that is said over a connection, on real servers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConnectionContract {
  private final ScramKeys keys = new ScramKeys();
  private final Cluster cluster;
  private final int version;

  private SelfMadeCertificate certificate = SelfMadeCertificate.NONE;

  ConnectionContract(PostgresBinaries binaries, int version) {
    this.cluster = Cluster.start(ClusterConfig.throwAway(Role.SCRATCH).withBinaries(binaries));
    this.version = version;
  }

  /// Turns TLS on and lets some roles in by other kinds of login; the server writes its files
  /// itself, so that they are its own.
  @BeforeAll
  void prepare(@TempDir Path folder) throws Exception {
    certificate = SelfMadeCertificate.make(folder, "localhost");
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement()) {
      for (var sql :
          List.of(
              copy(certificate.pem(), "server.crt"),
              copy(certificate.keyPem(), "server.key"),
              "ALTER SYSTEM SET ssl = on",
              "SET password_encryption = 'md5'",
              "CREATE ROLE hashed LOGIN PASSWORD 'pässword'",
              "SET password_encryption = 'scram-sha-256'",
              "CREATE ROLE clear LOGIN PASSWORD 'secret'",
              "CREATE ROLE other LOGIN PASSWORD 'ſecret\u00A0\u2168'",
              "CREATE ROLE plain LOGIN PASSWORD 'secret'",
              "COPY (SELECT 'host all hashed all md5' UNION ALL SELECT 'host all clear all"
                  + " password' UNION ALL SELECT 'hostssl all plain all reject' UNION ALL SELECT"
                  + " 'host all all all scram-sha-256') TO PROGRAM 'cat > pg_hba.conf'",
              "SELECT pg_reload_conf()")) {
        statement.execute(sql);
      }
    }
    for (var left = 100; left > 0 && !offersTls(); left--) {
      Thread.sleep(50);
    }
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private static String copy(String text, String file) {
    return "COPY (SELECT unnest(ARRAY['%s'])) TO PROGRAM 'umask 077; cat > %s'"
        .formatted(text.strip().replace("\n", "','"), file);
  }

  private boolean offersTls() {
    try {
      open(SslMode.REQUIRE).close();
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  @Test
  void logsInByScramAndKnowsTheVersion() throws Exception {
    var connection = open(SslMode.DISABLE);
    assertThat(connection.majorVersion()).isEqualTo(version);
    assertThat(one(connection, "SELECT current_user")).isEqualTo(cluster.user());
    connection.close();
    connection.close();
  }

  @Test
  void logsInAgainByKeysThatAreKept() throws Exception {
    for (var time = 0; time < 3; time++) {
      var connection = open(SslMode.DISABLE);
      assertThat(one(connection, "SELECT 1")).isEqualTo("1");
      connection.close();
    }
  }

  @Test
  void refusesAWrongPasswordAlsoAfterARightOne() throws Exception {
    open(SslMode.DISABLE).close();
    fails(() -> open(to(cluster.user(), SslMode.DISABLE), "wrong"), "28P01");
    open(SslMode.DISABLE).close();
  }

  @Test
  void preparesPasswordsAsTheServerDoes() throws Exception {
    var connection = open(to("other", SslMode.DISABLE), "ſecret\u00A0\u2168");
    assertThat(one(connection, "SELECT current_user")).isEqualTo("other");
    connection.close();
    open(to("other", SslMode.DISABLE), "secret IX").close();
  }

  @Test
  void logsInByMd5() throws Exception {
    open(to("hashed", SslMode.DISABLE), "pässword").close();
    fails(() -> open(to("hashed", SslMode.DISABLE), "wrong"), "28P01");
  }

  @Test
  void sendsAPasswordInClearOnlyUnderTls() throws Exception {
    open(to("clear", SslMode.REQUIRE), "secret").close();
    assertThatThrownBy(() -> open(to("clear", SslMode.DISABLE), "secret"))
        .hasRootCauseMessage("it asks for the password in clear, over a connection without TLS");
  }

  @Test
  void asksForAPasswordWhereThereIsNone() {
    fails(() -> open(to(cluster.user(), SslMode.DISABLE), null), "08004");
  }

  @Test
  void encryptsWhatItPrefersOrRequires() throws Exception {
    for (var mode : List.of(SslMode.PREFER, SslMode.REQUIRE)) {
      var connection = open(mode);
      assertThat(one(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
          .isEqualTo("t");
      connection.close();
    }
    var plain = open(SslMode.DISABLE);
    assertThat(one(plain, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
        .isEqualTo("f");
    plain.close();
  }

  @Test
  void goesWithoutTlsWhereItIsOnlyPreferredAndTheServerWantsNone() throws Exception {
    open(to("plain", SslMode.PREFER), "secret").close();
    fails(() -> open(to("plain", SslMode.REQUIRE), "secret"), "28000");
  }

  @Test
  void verifiesCertificateAndName() throws Exception {
    var root = certificate.file();
    open(to("localhost", SslMode.VERIFY_FULL, root), cluster.password()).close();
    open(to("127.0.0.1", SslMode.VERIFY_CA, root), cluster.password()).close();
    assertThatThrownBy(() -> open(to("127.0.0.1", SslMode.VERIFY_FULL, root), cluster.password()))
        .hasMessageContaining("names another host");
  }

  @Test
  void refusesACertificateThatIsNotTrusted(@TempDir Path folder) throws Exception {
    var other = SelfMadeCertificate.make(folder, "localhost");
    for (var mode : List.of(SslMode.VERIFY_CA, SslMode.VERIFY_FULL)) {
      assertThatThrownBy(() -> open(to("localhost", mode, other.file()), cluster.password()))
          .satisfies(e -> assertThat(e.getCause()).isInstanceOf(SSLException.class));
    }
  }

  @Test
  void cancelsWhatRuns() throws Exception {
    for (var mode : List.of(SslMode.DISABLE, SslMode.REQUIRE)) {
      var connection = open(mode);
      var canceled =
          CompletableFuture.runAsync(
              () -> {
                try {
                  connection.cancel();
                } catch (SQLException e) {
                  throw new CompletionException(e);
                }
              },
              CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
      var start = System.nanoTime();
      fails(() -> connection.ask("SELECT pg_sleep(30)"), "57014");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(one(connection, "SELECT 'still here'")).isEqualTo("still here");
      canceled.get(5, TimeUnit.SECONDS);
      connection.close();
    }
  }

  @Test
  void tellsWhatTheServerSaidBeforeItEndedTheSession() throws Exception {
    var connection = open(SslMode.DISABLE);
    fails(() -> connection.ask("SELECT pg_terminate_backend(pg_backend_pid())"), "57P01");
    fails(() -> connection.ask("SELECT 1"), "08006");
  }

  @Test
  void takesSeveralStatementsInOneMessageAndEndsItAtTheFirstFailure() throws Exception {
    var connection = open(SslMode.DISABLE);
    assertThat(connection.ask("SELECT 1, NULL; SET LOCAL work_mem = 64; SELECT '', 2 WHERE false"))
        .satisfiesExactly(
            first -> assertThat(first).containsExactly(new String[] {"1", null}),
            second -> assertThat(second).isEmpty());
    fails(() -> connection.ask("BEGIN; SELECT 1; SELECT 1/0; SELECT 2"), "22012");
    fails(() -> connection.ask("SELECT 1"), "25P02");
    assertThat(connection.ask("ROLLBACK; SELECT 3")).hasSize(1);
    connection.close();
  }

  @Test
  void neverLetsTheServerTakeTwoCommandsForOne() throws Exception {
    var connection = open(SslMode.DISABLE);
    fails(
        () -> connection.askOneByOne(List.of("SELECT 1", "SELECT 2; CREATE TABLE hurt (a int)")),
        "42601");
    assertThat(one(connection, "SELECT count(*) FROM pg_class WHERE relname = 'hurt'"))
        .isEqualTo("0");
    assertThat(connection.askOneByOne(List.of("BEGIN", "SELECT 1", "SELECT 2", "ROLLBACK")))
        .hasSize(2);
    connection.close();
  }

  @Test
  void isNotDisturbedByNotices() throws Exception {
    var connection = open(SslMode.DISABLE);
    assertThat(
            connection.ask(
                "DO $$ BEGIN RAISE NOTICE 'a'; RAISE WARNING 'b'; END $$; SET TimeZone = 'UTC';"
                    + " SELECT 1"))
        .hasSize(1);
    connection.close();
  }

  @Test
  void readsDatabasesOfOtherEncodingsAndRefusesBytesThatAreNoText() throws Exception {
    var creating = open(SslMode.DISABLE);
    creating.ask("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
    creating.ask("CREATE DATABASE bytes TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
    creating.close();
    var latin = open(destination(cluster.user(), "latin"), cluster.password());
    assertThat(
            one(
                latin,
                "CREATE TABLE größe (a int); SELECT relname FROM pg_class WHERE relname ="
                    + " 'größe'"))
        .isEqualTo("größe");
    latin.close();
    var bytes = open(destination(cluster.user(), "bytes"), cluster.password());
    fails(() -> bytes.ask("SELECT E'gr\\xf6\\xdfe'"), "22021");
    assertThat(one(bytes, "SELECT 1")).isEqualTo("1");
    bytes.close();
  }

  @Test
  void readsLongAnswers() throws Exception {
    var connection = open(SslMode.DISABLE);
    var rows = connection.ask("SELECT repeat('ä', 3000000) FROM generate_series(1, 3)").getFirst();
    assertThat(rows).hasSize(3).allMatch(row -> "ä".repeat(3_000_000).equals(row[0]));
    connection.close();
  }

  /// Whatever a value holds, the server reads it back as it was.
  @Test
  void literalsMeanTheirValues() throws Exception {
    var random = new Random(20_261_122);
    var pieces =
        List.of(
            "'", "\\", "\"", "{", "}", ",", "?", "$1", ";", "--", "/*", "\n", "ß", "😀", " ", "E'",
            "NULL", "$$", "\\'", "%", "a");
    var connection = open(SslMode.DISABLE);
    for (var round = 0; round < 400; round++) {
      var texts = new ArrayList<String>();
      for (var text = random.nextInt(4); text >= 0; text--) {
        var built = new StringBuilder();
        for (var piece = random.nextInt(8); piece > 0; piece--) {
          built.append(pieces.get(random.nextInt(pieces.size())));
        }
        texts.add(built.toString());
      }
      var setting = "SET standard_conforming_strings = ?;" + "SET backslash_quote = 'off';";
      var answer =
          connection
              .ask(
                  Literals.fill(
                      setting + "SELECT ?, unnest(?), ?, ?, ?",
                      random.nextBoolean() ? "on" : "off",
                      texts.getFirst(),
                      texts,
                      true,
                      -5,
                      new ObjectIds(java.util.Set.of(4_294_967_295L, 7L))))
              .getFirst();
      assertThat(answer).hasSize(texts.size());
      for (var at = 0; at < texts.size(); at++) {
        assertThat(answer.get(at))
            .containsExactly(texts.getFirst(), texts.get(at), "t", "-5", "{7,4294967295}");
      }
    }
    connection.close();
  }

  private ServerConnection open(SslMode mode) throws SQLException {
    return open(to(cluster.user(), mode), cluster.password());
  }

  private ServerConnection open(Destination destination, @Nullable String password)
      throws SQLException {
    return ServerConnection.open(destination, password, keys);
  }

  /// To a role, or as the superuser to a host.
  private Destination to(String name, SslMode mode) {
    return to(name, mode, null);
  }

  private Destination to(String name, SslMode mode, @Nullable Path root) {
    var isHost = name.equals("localhost") || name.equals("127.0.0.1");
    var tls = new Properties();
    PGProperty.SSL_MODE.set(tls, mode.value);
    if (root != null) {
      PGProperty.SSL_ROOT_CERT.set(tls, root.toString());
    }
    return new Destination(
        isHost ? name : cluster.host(),
        cluster.port(),
        isHost ? cluster.user() : name,
        "postgres",
        mode,
        tls,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30));
  }

  private Destination destination(String user, String database) {
    var to = to(user, SslMode.DISABLE);
    return new Destination(
        to.host(), to.port(), user, database, to.mode(), to.tls(), to.connect(), to.answer());
  }

  private static @Nullable String one(ServerConnection connection, String select)
      throws SQLException {
    return connection.ask(select).getLast().getFirst()[0];
  }

  private static void fails(ThrowingCallable call, String state) {
    assertThatExceptionOfType(PSQLException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(state));
  }
}
