// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A schema as its own catalogue tells it, by which the library's work is checked: whatever the
/// library did not read, or did not write down, is missing here.
///
/// `plain` is what every version of PostgreSQL tells in the same words, null where there is none;
/// `exact` has the definitions too, which only one server tells twice alike.
record Witness(List<Line> lines, List<Extension> extensions) {
  /// What plancheck keeps in users' databases.
  static final List<String> OWN_SCHEMAS = List.of("plancheck_record", "plancheck_backup");

  private static final int MOST_NAMED = 5;

  private static final String QUERY = query();

  private static final String EXTENSIONS =
      """
      SELECT extname, nspname FROM pg_extension
        JOIN pg_namespace ON pg_namespace.oid = extnamespace
      WHERE extname <> 'plpgsql' ORDER BY extname
      """;

  /// One object, or one thing about it.
  record Line(String kind, String name, @Nullable String plain, String exact) {
    private String key() {
      return kind + " " + name;
    }
  }

  record Extension(String name, String schema) {}

  Witness {
    lines =
        lines.stream().sorted(Comparator.comparing(Line::key).thenComparing(Line::exact)).toList();
    extensions = List.copyOf(extensions);
  }

  /// Reads in the transaction that is open, whose search_path is pg_catalog.
  static Witness read(Connection connection, int majorVersion) throws SQLException {
    var lines = new ArrayList<Line>();
    var extensions = new ArrayList<Extension>();
    try (var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery(of(majorVersion))) {
        while (rows.next()) {
          lines.add(
              new Line(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  Objects.requireNonNullElse(rows.getString(4), "")));
        }
      }
      try (var rows = statement.executeQuery(EXTENSIONS)) {
        while (rows.next()) {
          extensions.add(new Extension(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return new Witness(lines, extensions);
  }

  /// Names of what differs, whatever the versions of the two servers; empty if nothing does.
  String differing(Witness other) {
    return named(byName(false), other.byName(false));
  }

  /// Names of what differs, definitions included, where both were read from one server.
  String differingExactly(Witness other) {
    return named(byName(true), other.byName(true));
  }

  /// A name that could leave the comments in which the library writes names; null if there is none.
  @Nullable String treacherousName() {
    return lines.stream()
        .map(Line::name)
        .filter(name ->
            name.chars().anyMatch(Character::isISOControl)
                || name.contains("*/")
                || name.contains("/*"))
        .findFirst()
        .orElse(null);
  }

  private TreeMap<String, String> byName(boolean exact) {
    var known = new TreeMap<String, String>();
    for (var line : lines) {
      if (exact || line.plain() != null) {
        var said = exact ? line.plain() + "\n" + line.exact() : line.plain();
        known.merge(line.key(), said, (one, another) -> one + "\n" + another);
      }
    }
    return known;
  }

  private static String named(TreeMap<String, String> one, TreeMap<String, String> other) {
    var names = new TreeMap<String, String>();
    one.forEach((name, said) -> {
      if (!said.equals(other.get(name))) {
        names.put(name, said);
      }
    });
    other.forEach((name, said) -> {
      if (!one.containsKey(name)) {
        names.put(name, said);
      }
    });
    var shown = String.join(", ", names.keySet().stream().limit(MOST_NAMED).toList());
    var more = names.size() - MOST_NAMED;
    return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
  }

  private static String of(int majorVersion) {
    return QUERY
        .replace("{nulls_not_distinct}", majorVersion >= 15 ? "i.indnullsnotdistinct" : "false")
        .replace("{enforced}", majorVersion >= 18 ? "con.conenforced" : "true")
        .replace("{period}", majorVersion >= 18 ? "con.conperiod" : "false");
  }

  private static String query() {
    try (InputStream in =
        Objects.requireNonNull(Witness.class.getResourceAsStream("witness.sql"), "witness.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
