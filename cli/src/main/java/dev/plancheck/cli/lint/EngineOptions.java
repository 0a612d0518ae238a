// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.lint;

import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which database server a script is written for, where no target tells.
final class EngineOptions {
  private static final Pattern VERSION =
      Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,3}))?(?:\\.\\d+)*");

  /// The oldest and the newest series that scripts are reviewed for.
  private record Range(EngineVersion oldest, EngineVersion newest) {
    static Range of(Engine engine) {
      return switch (engine) {
        case POSTGRESQL ->
            new Range(new EngineVersion(engine, 13), EngineVersion.POSTGRESQL_LATEST);
        case MYSQL -> new Range(new EngineVersion(engine, 5, 7), new EngineVersion(engine, 9, 99));
        case MARIADB ->
            new Range(new EngineVersion(engine, 10, 6), new EngineVersion(engine, 12, 99));
      };
    }

    boolean holds(EngineVersion version) {
      return version.compareTo(oldest) >= 0 && version.compareTo(newest) <= 0;
    }

    /// `13 to 18`, `5.7 to 9.x`.
    @Override
    public String toString() {
      var last = newest.minor() == 0 ? newest.number() : newest.major() + ".x";
      return oldest.number() + " to " + last;
    }
  }

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "what the scripts are written for: postgresql, mysql or mariadb (default:"
              + " ${DEFAULT-VALUE})")
  private String engine = Engine.POSTGRESQL.id();

  @Option(
      names = "--engine-version",
      paramLabel = "N",
      description =
          "its version: PostgreSQL 13 to 18 (default: 18), MySQL 5.7 to 9.x (default: 8.4),"
              + " MariaDB 10.6 to 12.x (default: 11.8)")
  private @Nullable String version;

  EngineVersion version() {
    var known = Engine.byId(engine).orElseThrow(() -> CommandException.usage(unknown()));
    if (version == null) {
      return EngineVersion.usual(known);
    }
    var range = Range.of(known);
    var matcher = VERSION.matcher(version);
    var wanted =
        matcher.matches() && !matcher.group(1).matches("0+")
            ? read(known, matcher.group(1), matcher.group(2))
            : null;
    if (wanted == null || !range.holds(wanted)) {
      throw CommandException.usage("--engine-version: %s (expected: %s)".formatted(version, range));
    }
    return wanted;
  }

  /// PostgreSQL's second number is a release, not a series; `8` alone is the first of its series.
  private static EngineVersion read(Engine engine, String major, @Nullable String minor) {
    return new EngineVersion(
        engine,
        Integer.parseInt(major),
        engine == Engine.POSTGRESQL || minor == null ? 0 : Integer.parseInt(minor));
  }

  private String unknown() {
    var supported =
        Arrays.stream(Engine.values()).map(Engine::id).collect(Collectors.joining(", "));
    return "--engine: %s is unknown (expected: %s)".formatted(engine, supported);
  }
}
