// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/// Ports that stay the same from start to start: below the range that systems hand out to outgoing
/// connections, which would take them while the server is down.
public final class Ports {
  private static final int FIRST = 15_000;
  private static final int END = 32_768;
  private static final int ATTEMPTS = 200;

  private Ports() {}

  /// The port remembered in this file if it is free, else any free one.
  static int choose(Path file) throws IOException {
    if (Files.exists(file)) {
      var text = Files.readString(file).strip();
      if (text.matches("[1-9]\\d{0,4}") && isFree(Integer.parseInt(text))) {
        return Integer.parseInt(text);
      }
    }
    return any();
  }

  public static int any() throws IOException {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException(
        "no free port found between %d and %d in %d attempts".formatted(FIRST, END, ATTEMPTS));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(Server.HOST), port));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
