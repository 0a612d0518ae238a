// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.ApiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/// Only this machine is served, and no web page of somebody else.
final class LoopbackGuardTest {
  @Test
  void requestsUnderAnotherHostsNameOrFromAnotherSitesPageAreRefused() throws IOException {
    try (var server = new MemoryServer()) {
      var own = "127.0.0.1:" + server.url().getPort();

      assertThat(get(server, own, "")).contains("200 OK");
      assertThat(get(server, "localhost:" + server.url().getPort(), "")).contains("200 OK");
      assertThat(get(server, own, "Origin: http://" + own)).contains("200 OK");
      assertThat(get(server, "evil.example", "")).contains("403").contains("evil.example");
      assertThat(get(server, own, "Origin: https://evil.example")).contains("403");
      assertThat(get(server, own, "Origin: http://127.0.0.1:1")).contains("403");
      assertThat(get(server, own, "Origin: null")).contains("403");
    }
  }

  @Test
  void anAddressThatOthersCanReachIsRefusedWithTheReason() {
    for (var host : new String[] {"0.0.0.0", "::", "192.0.2.1", "example.com", ""}) {
      assertThatThrownBy(() -> new HttpConfig(host, 8080))
          .as(host)
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("host: " + host)
          .hasMessageContaining("no TLS of its own");
    }
    assertThatNoException().isThrownBy(() -> new HttpConfig("localhost", 8080));
    assertThatNoException().isThrownBy(() -> new HttpConfig("::1", 8080));
  }

  @Test
  void aPortInUseIsToldWithTheRemedy() {
    try (var server = new MemoryServer()) {
      var port = server.url().getPort();

      assertThatThrownBy(() -> MemoryServer.onPort(port))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("port %d of 127.0.0.1 is in use".formatted(port))
          .hasMessageContaining("--port");
    }
  }

  private static String get(MemoryServer server, String host, String header) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
      var request =
          "GET /v1/projects HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
              .formatted(host, header.isEmpty() ? "" : header + "\r\n");
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
