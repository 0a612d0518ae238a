// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.limits;

import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.cli.terminal.CommandException;
import java.time.Duration;
import picocli.CommandLine.Option;

/// The flags by which a run is limited, the same wherever runs are executed.
public final class LimitOptions {
  private static final int MOST_CONNECTIONS = 100;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "how many connections to one server at once (default: ${DEFAULT-VALUE})")
  private int connections = RunSettings.DEFAULT.connectionsPerInstance();

  @Option(
      names = "--statement-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "the time that one question to a database may take (default: 30s)")
  private Duration statement = RunSettings.DEFAULT.session().statement();

  @Option(
      names = "--target-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "the time that one database may take (default: 2m)")
  private Duration target = RunSettings.DEFAULT.target();

  @Option(
      names = "--run-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "the time that a run may take; what it did not reach is then said to be unchecked"
              + " (default: 1h)")
  private Duration run = RunSettings.DEFAULT.run();

  /// With one connection limit for everything that is checked on `servers` servers: several logins
  /// on one server are several instances, and together they open no more than was asked for.
  public RunSettings settings(int servers) {
    var all =
        Math.min(Math.max(connections, RunSettings.DEFAULT.connections()), connections * servers);
    return settings().withConnections(all, connections);
  }

  public RunSettings settings() {
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw CommandException.usage(
          "--connections: %d (expected: 1 to %d)".formatted(connections, MOST_CONNECTIONS));
    }
    var usual = RunSettings.DEFAULT.session();
    return RunSettings.DEFAULT
        .withConnections(Math.max(connections, RunSettings.DEFAULT.connections()), connections)
        .withTimeLimits(target, run)
        .withSession(new TargetConnector.Limits(usual.connect(), statement, usual.lock()));
  }
}
