// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.client;

import dev.plancheck.cli.terminal.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Where a server is: scheme, host, port, and a path when a proxy serves it under one; without a
/// slash at the end.
record ServerUrl(URI base) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /// `source` names who gave the address, in messages. Throws [CommandException].
  static ServerUrl parse(String source, String text) {
    try {
      var url = new URI(text);
      if (isHttp(url) && url.getHost() != null) {
        if (url.getRawUserInfo() != null) {
          throw CommandException.usage(
              "%s: a user or password in the address (expected: none; a token goes into %s)"
                  .formatted(source, ServerOptions.TOKEN));
        }
        if (url.getRawQuery() == null && url.getRawFragment() == null) {
          return new ServerUrl(URI.create(text.replaceFirst("/+$", "")));
        }
      }
    } catch (URISyntaxException e) {
      // Told below: the parser's own message repeats the text and says less.
    }
    throw CommandException.usage(
        "%s: not an address of a server (expected: http://127.0.0.1:8080 or https://HOST[:PORT][/PATH])"
            .formatted(source));
  }

  /// Whether a token that is sent there can be read by others on the way.
  boolean isReadableOnTheWay() {
    return "http".equalsIgnoreCase(base.getScheme()) && !LOOPBACK.contains(base.getHost());
  }

  /// `path` begins with a slash.
  URI resolve(String path) {
    try {
      return new URI(base + path);
    } catch (URISyntaxException e) {
      throw CommandException.usage(
          "%s: %s at offset %d (expected: names and ids as the server gives them)"
              .formatted(path, e.getReason(), e.getIndex() - base.toString().length()));
    }
  }

  private static boolean isHttp(URI url) {
    return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
