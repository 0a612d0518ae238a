// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.SslMode;

/// Servers that lie, fall silent or send nonsense: each ends in one clear failure, and soon.
final class FalseServerTest {
  private interface Behaviour {
    void answer(DataInputStream in, OutputStream out, Socket socket) throws Exception;
  }

  @Test
  void isRefusedWhenItDoesNotKnowThePassword() {
    assertFails(
        (in, out, _) -> {
          scram(in, out);
          say(out, 'R', 12, "v=" + Base64.getEncoder().encodeToString(new byte[32]));
          welcome(out);
        },
        "it does not know the password either: something else answers in the server's place");
  }

  @Test
  void isRefusedWhenItLeavesItsProofOut() {
    assertFails(
        (in, out, _) -> {
          scram(in, out);
          welcome(out);
        },
        "it ended the login before proving who it is");
    assertFails(
        (in, out, _) -> {
          scram(in, out);
          ready(out);
        },
        "it ended the login before proving who it is");
  }

  @Test
  void isRefusedWhenItsNonceIsNotOurs() {
    assertFails(
        (in, out, _) -> {
          start(in);
          say(out, 'R', 10, "SCRAM-SHA-256\0\0");
          message(in);
          say(out, 'R', 11, "r=other,s=AAAA,i=4096");
        },
        "its part of the login is not of this login");
  }

  @Test
  void cannotKeepUsBusyWithHashing() {
    assertFails(
        (in, out, _) -> {
          start(in);
          say(out, 'R', 10, "SCRAM-SHA-256\0\0");
          var nonce = nonce(message(in));
          say(out, 'R', 11, "r=" + nonce + "more,s=AAAA,i=2000000000");
        },
        "it asks for 2000000000 rounds of hashing a password (expected: 1 to 1000000)");
  }

  @Test
  void cannotMakeUsTakeAMessageOfAnyLength() {
    assertFails(
        (in, out, _) -> {
          start(in);
          out.write('R');
          out.write(new byte[] {0x7f, -1, -1, -1});
          out.flush();
          message(in);
        },
        "it sent a message of 2147483643 bytes (expected: 0 to 268435456)");
  }

  @Test
  void isNotTakenForADatabaseWhenItSpeaksSomethingElse() {
    assertFails(
        (_, out, _) -> {
          out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.flush();
        },
        "");
  }

  @Test
  void isNotAskedForTlsTwiceAndCannotPutWordsBeforeIt() {
    assertFails(
        (in, out, _) -> {
          start(in);
          out.write(new byte[] {'S', 'E', 0, 0, 0, 4});
          out.flush();
          message(in);
        },
        "it sent something before TLS began",
        SslMode.REQUIRE);
    assertThatThrownBy(() ->
            meet(
                (in, out, _) -> {
                  start(in);
                  out.write('N');
                  out.flush();
                  message(in);
                },
                SslMode.REQUIRE))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("does not support SSL");
  }

  @Test
  void isGivenUpWhenItNeverAnswers() {
    var start = System.nanoTime();
    assertThatThrownBy(() -> meet((in, _, _) -> in.readAllBytes(), SslMode.DISABLE))
        .hasRootCauseInstanceOf(SocketTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void isTakenForGoneWhenItEndsInTheMiddleOfAnAnswer() throws Exception {
    Behaviour dies =
        (in, out, socket) -> {
          start(in);
          welcome(out);
          message(in);
          out.write(new byte[] {'D', 0, 0, 0, 100, 0, 1});
          out.flush();
          socket.close();
        };
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      serve(server, dies);
      var connection = ServerConnection.open(to(server, SslMode.DISABLE), "x", new ScramKeys());
      assertThatThrownBy(() -> connection.ask("SELECT 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));
    }
  }

  @Test
  void isNotUnderstoodWhenItsTextIsNoUtf8() {
    assertFails(
        (in, out, _) -> {
          start(in);
          out.write(new byte[] {'S', 0, 0, 0, 8, 'a', 0, (byte) 0xf6, 0});
          out.flush();
        },
        "it sent text that is not UTF-8");
  }

  private static void assertFails(Behaviour behaviour, String words) {
    assertFails(behaviour, words, SslMode.DISABLE);
  }

  private static void assertFails(Behaviour behaviour, String words, SslMode mode) {
    assertThatThrownBy(() -> meet(behaviour, mode))
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(e.getCause()).isInstanceOf(ProtocolException.class))
        .satisfies(e -> {
          if (!words.isEmpty()) {
            assertThat(e.getCause()).hasMessage(words);
          }
        });
  }

  private static void meet(Behaviour behaviour, SslMode mode) throws IOException, SQLException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      serve(server, behaviour);
      ServerConnection.open(to(server, mode), "secret", new ScramKeys()).close();
    }
  }

  private static void serve(ServerSocket server, Behaviour behaviour) {
    Thread.ofVirtual()
        .start(() -> {
          try (var socket = server.accept()) {
            behaviour.answer(
                new DataInputStream(socket.getInputStream()), socket.getOutputStream(), socket);
            socket.getInputStream().readAllBytes();
          } catch (Exception _) {
            // The client has gone, as it should.
          }
        });
  }

  private static Destination to(ServerSocket server, SslMode mode) {
    return new Destination(
        "127.0.0.1",
        server.getLocalPort(),
        "user",
        "database",
        mode,
        new Properties(),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2));
  }

  /// A SCRAM login up to the client's proof.
  private static void scram(DataInputStream in, OutputStream out) throws IOException {
    start(in);
    say(out, 'R', 10, "SCRAM-SHA-256\0\0");
    say(out, 'R', 11, "r=" + nonce(message(in)) + "more,s=c2FsdHNhbHQ=,i=4096");
    message(in);
  }

  private static String nonce(String first) {
    return first.substring(first.indexOf("r=") + 2);
  }

  private static void start(DataInputStream in) throws IOException {
    in.readNBytes(in.readInt() - 4);
  }

  private static String message(DataInputStream in) throws IOException {
    in.readUnsignedByte();
    return new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8);
  }

  private static void welcome(OutputStream out) throws IOException {
    say(out, 'R', 0, "");
    ready(out);
  }

  private static void ready(OutputStream out) throws IOException {
    var parameter = "server_version\u000018.1\0".getBytes(StandardCharsets.UTF_8);
    out.write('S');
    out.write(Packets.int32(4 + parameter.length));
    out.write(parameter);
    out.write(new byte[] {'Z', 0, 0, 0, 5, 'I'});
    out.flush();
  }

  private static void say(OutputStream out, char type, int kind, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(type);
    out.write(Packets.int32(8 + bytes.length));
    out.write(Packets.int32(kind));
    out.write(bytes);
    out.flush();
  }
}
