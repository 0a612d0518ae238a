// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.ApiException;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/// Which addresses may be written, and which may be sent to.
final class WebhookTargetsTest {
  private final WebhookTargets usual = new WebhookTargets(false);
  private final WebhookTargets all = new WebhookTargets(true);

  private static void assertRefused(WebhookTargets targets, String url, String why) {
    assertThatThrownBy(() -> targets.require(url))
        .as(url)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("hush");
  }

  @Test
  void whatIsNoAddressIsRefusedWithoutRepeatingIt() {
    for (var wrong :
        new String[] {
          "",
          "hush",
          "ftp://example.com/hush",
          "https:///hush",
          "https://a:hush@example.com/",
          "https://example.com/#hush",
          "https://exa mple.com/hush"
        }) {
      assertRefused(usual, wrong, "not an address to send to");
      assertRefused(all, wrong, "not an address to send to");
    }
  }

  @Test
  void addressesOfThisMachineAndItsNeighboursAreRefusedWhenTheyAreWritten() {
    assertRefused(usual, "http://example.com/hush", "plain HTTP (expected: https://");
    for (var near :
        new String[] {"localhost", "127.0.0.1", "[::1]", "10.0.0.7", "169.254.169.254"}) {
      assertRefused(usual, "https://%s/hush".formatted(near), "not a public address");
    }
    assertThat(usual.require("https://hooks.example.com/x?y=1"))
        .isEqualTo("https://hooks.example.com/x?y=1");
    assertThat(all.require("http://127.0.0.1:9000/x")).isEqualTo("http://127.0.0.1:9000/x");
  }

  @Test
  void aNameIsLookedUpBeforeAnythingIsSent() throws UnknownHostException {
    assertThat(usual.refusal(URI.create("https://localhost/x")))
        .hasValueSatisfying(why -> assertThat(why).contains("not a public address"));
    assertThat(usual.refusal(URI.create("https://[::1]/x"))).isPresent();
    assertThat(usual.refusal(URI.create("https://1.1.1.1/x"))).isEmpty();
    assertThat(usual.refusal(URI.create("http://1.1.1.1/x"))).isPresent();
    assertThat(all.refusal(URI.create("http://localhost/x"))).isEmpty();
    assertThatThrownBy(() -> usual.refusal(URI.create("https://nobody.invalid/x")))
        .isInstanceOf(UnknownHostException.class);
  }
}
