// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where plancheck keeps what it may lose (`cache`: unpacked binaries, the judge, throw-away
/// clusters) and what it must keep (`data`: the metadata of `serve`).
public record Folders(Path cache, Path data) {
  public Folders {
    cache = cache.toAbsolutePath().normalize();
    data = data.toAbsolutePath().normalize();
  }

  /// The user's folders as the platform has them, or `PLANCHECK_HOME`.
  public static Folders ofUser() {
    return of(
        System.getenv(), System.getProperty("os.name"), home(System.getenv()), RunAs.detect());
  }

  /// As a shell finds it: Java's own `user.home` does not heed HOME.
  private static Path home(Map<String, String> environment) {
    var home = folder(environment, "HOME");
    return home != null ? home : Path.of(System.getProperty("user.home"));
  }

  /// Both under one folder, as `PLANCHECK_HOME` says it.
  public static Folders under(Path home) {
    return new Folders(home.resolve("cache"), home.resolve("data"));
  }

  static Folders of(Map<String, String> environment, String system, Path home, RunAs runAs) {
    var override = folder(environment, "PLANCHECK_HOME");
    if (override != null) {
      return under(override);
    }
    return switch (runAs) {
      // Another account cannot look into the home folder of root.
      case RunAs.Account _ ->
          new Folders(Path.of("/var/cache/plancheck"), Path.of("/var/lib/plancheck"));
      case RunAs.Self _, RunAs.UserNamespace _, RunAs.Refused _ ->
          ofPlatform(environment, system, home);
    };
  }

  private static Folders ofPlatform(Map<String, String> environment, String system, Path home) {
    var name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      var local = folder(environment, "LOCALAPPDATA");
      var base = (local != null ? local : home.resolve("AppData/Local")).resolve("plancheck");
      return under(base);
    }
    if (name.startsWith("mac")) {
      return new Folders(
          home.resolve("Library/Caches/plancheck"),
          home.resolve("Library/Application Support/plancheck"));
    }
    var cache = folder(environment, "XDG_CACHE_HOME");
    var data = folder(environment, "XDG_DATA_HOME");
    return new Folders(
        (cache != null ? cache : home.resolve(".cache")).resolve("plancheck"),
        (data != null ? data : home.resolve(".local/share")).resolve("plancheck"));
  }

  /// A relative path is ignored, as the XDG base directory specification wants it; for
  /// `PLANCHECK_HOME` it is taken from the working folder.
  private static @Nullable Path folder(Map<String, String> environment, String name) {
    var value = environment.get(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    var path = Path.of(value);
    return path.isAbsolute() || name.equals("PLANCHECK_HOME") ? path : null;
  }
}
