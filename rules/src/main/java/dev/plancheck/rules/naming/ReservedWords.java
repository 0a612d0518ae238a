// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.naming;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// From which version on MySQL and MariaDB take a word for themselves, read once from
/// `reserved-words.tsv`.
final class ReservedWords {
  private static final String NONE = "-";
  private static final Map<String, Since> WORDS = read("reserved-words.tsv");

  private record Since(String mysql, String mariadb) {}

  private ReservedWords() {}

  /// The first version that is known to, `8.0` or `8.0.31`; empty for a word that is free.
  static Optional<String> since(String word, Engine engine) {
    var since = WORDS.get(word.toLowerCase(Locale.ROOT));
    if (since == null) {
      return Optional.empty();
    }
    var version =
        switch (engine) {
          case MYSQL -> since.mysql;
          case MARIADB -> since.mariadb;
          case POSTGRESQL -> NONE;
        };
    return Optional.of(version).filter(one -> !one.equals(NONE));
  }

  static boolean isReached(String since, EngineVersion version) {
    var parts = since.split("\\.", -1);
    return version.isAtLeast(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  private static Map<String, Since> read(String name) {
    try (var in = Objects.requireNonNull(ReservedWords.class.getResourceAsStream(name), name);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      var words = new HashMap<String, Since>();
      reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(fields -> words.put(fields[0], new Since(fields[1], fields[2])));
      return Map.copyOf(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
