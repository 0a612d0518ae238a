// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.lint;

import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which database server a script is written for, where no target tells.
final class EngineOptions {
  private static final int OLDEST = 13;
  private static final int NEWEST = EngineVersion.POSTGRESQL_LATEST.major();
  private static final Pattern VERSION = Pattern.compile("(\\d{1,3})(\\.\\d+)*");

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "what the scripts are written for (default: ${DEFAULT-VALUE})")
  private String engine = Engine.POSTGRESQL.id();

  @Option(
      names = "--engine-version",
      paramLabel = "N",
      description = "its major version, 13 to 18 (default: 18)")
  private @Nullable String version;

  EngineVersion version() {
    var known =
        Engine.byId(engine)
            .filter(found -> found == Engine.POSTGRESQL)
            .orElseThrow(() -> CommandException.usage(unknown()));
    if (version == null) {
      return EngineVersion.POSTGRESQL_LATEST;
    }
    var matcher = VERSION.matcher(version);
    var major = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    if (major < OLDEST || major > NEWEST) {
      throw CommandException.usage(
          "--engine-version: %s (expected: %d to %d)".formatted(version, OLDEST, NEWEST));
    }
    return new EngineVersion(known, major);
  }

  private String unknown() {
    var supported = Engine.POSTGRESQL.id();
    return switch (engine) {
      case "mysql", "mariadb" ->
          "--engine: %s is not supported yet (expected: %s)".formatted(engine, supported);
      default -> "--engine: %s is unknown (expected: %s)".formatted(engine, supported);
    };
  }
}
