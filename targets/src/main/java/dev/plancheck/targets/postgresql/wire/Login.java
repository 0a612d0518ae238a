// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/// Says who we are and proves it: start-up message and password, until the server is ready.
///
/// A password goes over the network as SCRAM proves it or as MD5 hashes it; in clear only under
/// TLS.
final class Login {
  private static final int PROTOCOL_3_0 = 196_608;

  private final Packets packets;
  private final Socket socket;
  private final Destination destination;
  private final @Nullable String password;
  private final ScramKeys keys;
  private @Nullable Scram scram;
  private boolean proved = true;
  private int major;
  private int process;
  private int secret;

  Login(
      Packets packets,
      Socket socket,
      Destination destination,
      @Nullable String password,
      ScramKeys keys) {
    this.packets = packets;
    this.socket = socket;
    this.destination = destination;
    this.password = password;
    this.keys = keys;
  }

  /// What the server told of itself; `process` and `secret` are for a cancel.
  record Welcome(int major, int process, int secret) {}

  Welcome logIn() throws IOException, SQLException {
    packets.addUntyped(startUp()).send();
    while (true) {
      switch (packets.next()) {
        case 'R' -> authenticate();
        case 'S' -> parameter(packets.text(), packets.text());
        case 'K' -> {
          process = packets.int32();
          secret = packets.int32();
        }
        case 'E' -> throw error(packets);
        case 'N' -> {}
        case 'Z' -> {
          return welcome();
        }
        default -> throw new ProtocolException("it does not speak as a PostgreSQL server does");
      }
    }
  }

  /// What the server complains of; details can hold values of rows and are left out.
  static SQLException error(Packets packets) throws IOException {
    var fields = new StringBuilder();
    while (!packets.isAtEnd()) {
      fields.append(packets.text()).append('\0');
    }
    return new PSQLException(new ServerErrorMessage(fields.toString()), false);
  }

  private byte[][] startUp() {
    var parts = new ArrayList<byte[]>();
    parts.add(Packets.int32(PROTOCOL_3_0));
    for (var text :
        List.of(
            "user",
            destination.user(),
            "database",
            destination.database(),
            "application_name",
            "plancheck",
            "client_encoding",
            "UTF8")) {
      parts.add(Packets.text(text));
    }
    parts.add(new byte[1]);
    return parts.toArray(byte[][]::new);
  }

  private void parameter(String name, String value) throws ProtocolException {
    if (name.equals("server_version")) {
      var end = 0;
      while (end < value.length() && end < 4 && Character.isDigit(value.charAt(end))) {
        end++;
      }
      major = end == 0 ? 0 : Integer.parseInt(value.substring(0, end));
    } else if (name.equals("client_encoding") && !value.equals("UTF8")) {
      throw new ProtocolException("it does not send UTF-8");
    }
  }

  private Welcome welcome() throws ProtocolException {
    if (!proved || major == 0) {
      throw new ProtocolException(
          proved ? "it does not tell its version" : "it ended the login before proving who it is");
    }
    return new Welcome(major, process, secret);
  }

  private void authenticate() throws IOException, SQLException {
    var kind = packets.int32();
    switch (kind) {
      case 0 -> {
        if (!proved) {
          throw new ProtocolException("it ended the login before proving who it is");
        }
      }
      case 3 -> {
        if (!(socket instanceof SSLSocket)) {
          throw new ProtocolException(
              "it asks for the password in clear, over a connection without TLS");
        }
        packets.add('p', Packets.text(password())).send();
      }
      case 5 -> packets.add('p', Packets.text(md5(packets.rest()))).send();
      case 10 -> beginScram();
      case 11 -> {
        var last = begun().last(packets.text(packets.length() - 4));
        packets.add('p', last.getBytes(StandardCharsets.UTF_8)).send();
      }
      case 12 -> {
        begun().verify(packets.text(packets.length() - 4));
        proved = true;
      }
      default ->
          throw new PSQLException(
              "The authentication type %d is not supported.".formatted(kind),
              PSQLState.CONNECTION_REJECTED);
    }
  }

  private void beginScram() throws IOException, SQLException {
    var offered = new ArrayList<String>();
    while (!packets.isAtEnd()) {
      offered.add(packets.text());
    }
    var binding = Tls.binding(socket);
    var binds = binding != null && offered.contains("SCRAM-SHA-256-PLUS");
    if (!binds && !offered.contains("SCRAM-SHA-256")) {
      throw new PSQLException(
          "None of the offered kinds of login is supported.", PSQLState.CONNECTION_REJECTED);
    }
    scram = new Scram(destination, password(), keys, binds ? binding : null, binding != null);
    proved = false;
    var first = scram.first().getBytes(StandardCharsets.UTF_8);
    packets
        .add(
            'p',
            Packets.text(binds ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256"),
            Packets.int32(first.length),
            first)
        .send();
  }

  private Scram begun() throws ProtocolException {
    if (scram == null || proved) {
      throw new ProtocolException("it goes on with a login that was not begun");
    }
    return scram;
  }

  private String password() throws SQLException {
    if (password == null || password.isEmpty()) {
      throw new PSQLException(
          "The server asks for a password, and there is none.", PSQLState.CONNECTION_REJECTED);
    }
    return password;
  }

  /// As the server keeps it, hashed again with a salt of this connection.
  private String md5(byte[] salt) throws SQLException {
    var kept = md5(utf8(password()), utf8(destination.user()));
    return "md5" + md5(utf8(kept), salt);
  }

  private static String md5(byte[] first, byte[] second) {
    try {
      var digest = MessageDigest.getInstance("MD5");
      digest.update(first);
      return HexFormat.of().formatHex(digest.digest(second));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
