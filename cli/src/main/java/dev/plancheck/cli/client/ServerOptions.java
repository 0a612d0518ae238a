// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.client;

import dev.plancheck.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which server a command talks to. The token comes from the environment only: flags are shown to
/// every user of a machine.
public final class ServerOptions {
  static final String SERVER = "PLANCHECK_SERVER";
  static final String TOKEN = "PLANCHECK_TOKEN";

  private static final String USUAL = "http://127.0.0.1:8080";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "the server to ask, also by "
              + SERVER
              + "; its token by "
              + TOKEN
              + " (default: "
              + USUAL
              + ")")
  private @Nullable String server;

  /// To be closed. Throws [dev.plancheck.cli.terminal.CommandException] for an address or a token
  /// that cannot be used.
  public ServerClient open(Terminal terminal) {
    var environment = terminal.environment();
    var url = server != null ? server : environment.getOrDefault(SERVER, USUAL);
    return ServerClient.open(
        server != null ? "--server" : SERVER, url, environment.getOrDefault(TOKEN, ""));
  }
}
