// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.serve;

import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.cli.Version;
import dev.plancheck.cli.limits.DurationConverter;
import dev.plancheck.cli.limits.LimitOptions;
import dev.plancheck.cli.review.PolicyFile;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.ExitCode;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.embedded.Folders;
import dev.plancheck.server.PlancheckServer;
import dev.plancheck.server.ServerConfig;
import dev.plancheck.server.http.HttpConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `plancheck serve`: opens all rooms of the server and waits for Ctrl-C.
@Command(
    name = "serve",
    description = "Runs the server: gRPC, REST and documentation on one port of this machine.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plancheck serve                        metadata in an embedded PostgreSQL, kept",
      "  plancheck serve --port 9090 --data-dir plancheck-data",
      "  PLANCHECK_DATABASE_URL=postgresql://plancheck:secret@db0/plancheck plancheck serve",
      "                                         metadata in a database that any number of servers",
      "                                         share: they divide the work, and go on with that"
          + " of",
      "                                         one that dies; give all of them the same key.json",
      "",
      "It listens on 127.0.0.1 only, until Ctrl-C or SIGTERM. Everybody on this machine may call"
          + " it",
      "until the first user has a token: plancheck users add NAME --admin. It logs to standard"
          + " error:",
      "PLANCHECK_LOG_LEVEL is debug, info (default), warn or error; PLANCHECK_LOG_FORMAT is human",
      "(default) or json. PLANCHECK_GHOST_BINARY is a gh-ost that checks may run without"
          + " --execute;",
      "see docs/ghost.md.",
      "",
      "Exit codes: 2 wrong usage, or port or data folder in use, 3 the metadata database cannot be"
          + " used."
    })
public final class ServeCommand implements Callable<Integer> {
  private static final String DATABASE_URL = "PLANCHECK_DATABASE_URL";

  private final Terminal terminal;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "where to listen; 0 takes a free port (default: ${DEFAULT-VALUE})")
  private int port = 8080;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "a PostgreSQL 14 or newer for the metadata, also by " + DATABASE_URL)
  private @Nullable String databaseUrl;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where keys and the embedded metadata are kept")
  private @Nullable Path dataFolder;

  @Option(
      names = "--shard-size",
      paramLabel = "N",
      description =
          "a run of more databases is split into parts, for several servers to work on (default:"
              + " ${DEFAULT-VALUE})")
  private int targetsOfShard = RunSettings.DEFAULT.targetsOfShard();

  @Option(
      names = "--sync-every",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "how often the databases of every instance are looked up (default: 10m)")
  private Duration syncEvery = ServerConfig.SYNC_EVERY;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "the review policy of what no stored one governs, in YAML or JSON; see docs/policy.md."
              + " Servers on one database need the same file (default: every rule as usual)")
  private @Nullable String policy;

  @Mixin private LimitOptions limits = new LimitOptions();

  public ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var config =
        ServerConfig.of(Version.current(), Folders.ofUser(), terminal.environment())
            .withHttp(HttpConfig.onPort(port))
            .withRuns(settings())
            .withSyncEvery(syncEvery);
    if (policy != null) {
      config = config.withPolicy(PolicyFile.read(terminal, policy).text());
    }
    if (dataFolder != null) {
      config = config.withDataFolder(terminal.folder().resolve(dataFolder));
    }
    var url = databaseUrl != null ? databaseUrl : terminal.environment().get(DATABASE_URL);
    if (url != null) {
      config = config.withDatabaseUrl(url);
    }
    try (var server = PlancheckServer.open(config)) {
      new PrintStream(terminal.err().bytes(), true, StandardCharsets.UTF_8)
          .println(
              "plancheck serves at %1$s (documentation at %1$s/docs), until Ctrl-C"
                  .formatted(server.url()));
      server.awaitStop();
    }
    return ExitCode.OK;
  }

  private RunSettings settings() {
    if (targetsOfShard < 1) {
      throw CommandException.usage("--shard-size: %d (expected: > 0)".formatted(targetsOfShard));
    }
    return limits.settings().withTargetsOfShard(targetsOfShard);
  }
}
