// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import dev.plancheck.checks.ApiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/// Where to listen. `port` 0 takes a free one.
public record HttpConfig(String host, int port) {
  /// Throws [ApiException] INVALID_ARGUMENT for an address that others than this machine can reach.
  public HttpConfig {
    if (port < 0 || port > 65_535) {
      throw ApiException.invalid("port", "port: %d (expected: 0 to 65535)".formatted(port));
    }
    if (!isLoopback(host)) {
      throw ApiException.invalid(
          "host",
          "host: %s (expected: 127.0.0.1). It has no TLS of its own, and tokens must not travel in the clear, so it listens on this machine only; reach it from elsewhere through a proxy with TLS on this machine, or an SSH tunnel"
              .formatted(host));
    }
  }

  public static HttpConfig onPort(int port) {
    return new HttpConfig("127.0.0.1", port);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /// Throws [ApiException] FAILED_PRECONDITION when somebody listens there already.
  public void requireFreePort() {
    try (var _ = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return;
    } catch (IOException e) {
      throw ApiException.failedPrecondition(
          "port %d of %s is in use (expected: a free port). Stop the other program, or choose another port with --port"
              .formatted(port, host));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
