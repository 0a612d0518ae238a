// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// Whether a server lets clients in: it greets them then, and never before it has run its
/// `init-file` (MySQL manual, "Protocol::HandshakeV10": three bytes of length, one of sequence,
/// 10).
final class Greeting {
  private static final int HEADER = 4;
  private static final int VERSION_10 = 10;
  private static final int LIMIT_MS = 1000;

  private Greeting() {}

  static boolean isGiven(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(host), port), LIMIT_MS);
      socket.setSoTimeout(LIMIT_MS);
      var bytes = socket.getInputStream().readNBytes(HEADER + 1);
      return bytes.length == HEADER + 1 && bytes[HEADER] == VERSION_10;
    } catch (IOException e) {
      return false;
    }
  }
}
