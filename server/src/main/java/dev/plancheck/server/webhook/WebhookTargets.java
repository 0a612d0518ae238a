// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.webhook;

import dev.plancheck.checks.ApiException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/// Which addresses this server sends to. Usually that is HTTPS to the public internet: whoever may
/// write a webhook must not reach machines that trust this one.
///
/// A name is looked up before each attempt. The JDK keeps what it found for 30 seconds, so that the
/// connection goes to the addresses that were looked at; and should somebody change them in between
/// all the same, a machine without a certificate for the name gets nothing of the notice.
public final class WebhookTargets {
  private static final String SETTING = "PLANCHECK_PRIVATE_WEBHOOKS=allowed";

  private final boolean all;

  /// `all` is whether private addresses and plain HTTP are allowed.
  public WebhookTargets(boolean all) {
    this.all = all;
  }

  /// Returns `url`. Throws [ApiException] INVALID_ARGUMENT, without the address, for one that
  /// cannot be sent to. Names are not looked up.
  public String require(String url) {
    var parsed = parse(url);
    if (parsed.isEmpty()) {
      throw ApiException.invalid(
          "webhook.url",
          "webhook.url: not an address to send to (expected: https://HOST/PATH, without user and"
              + " fragment)");
    }
    if (!all && !"https".equalsIgnoreCase(parsed.get().getScheme())) {
      throw ApiException.invalid(
          "webhook.url",
          "webhook.url: plain HTTP (expected: https://; the server's setting %s allows others)"
              .formatted(SETTING));
    }
    if (!all && isPrivateLiteral(host(parsed.get()))) {
      throw ApiException.invalid("webhook.url", "webhook.url: " + notPublic());
    }
    return url;
  }

  /// Why nothing is sent to `url` now; empty when it may be. Looks up its name.
  Optional<String> refusal(URI url) throws UnknownHostException {
    if (all) {
      return Optional.empty();
    }
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      return Optional.of("plain HTTP (expected: https://)");
    }
    var addresses = InetAddress.getAllByName(host(url));
    return Stream.of(addresses).allMatch(PublicAddresses::has)
        ? Optional.empty()
        : Optional.of(notPublic());
  }

  private static Optional<URI> parse(String text) {
    try {
      var url = new URI(text);
      var isHttp =
          "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
      return isHttp
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null
          ? Optional.of(url)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isPrivateLiteral(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return !PublicAddresses.has(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      // A name.
      return false;
    }
  }

  private static String host(URI url) {
    return url.getHost().replaceAll("^\\[|\\]$", "");
  }

  private static String notPublic() {
    return "not a public address (expected: one of the internet; the server's setting %s allows others)"
        .formatted(SETTING);
  }
}
