// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What each server does for each operation, read once from `online-ddl.tsv`.
///
/// A line there is `operation engine from-version algorithm rebuild lock`, separated by tabs; it
/// holds from that release on until another line of the operation takes over. Whoever changes it
/// learns of a mistake when the class is first used: unknown words, a line twice, and an operation
/// that an engine lacks are refused.
final class Matrix {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
  private static final Matrix DEFAULT = read("online-ddl.tsv");

  private final Map<Engine, Map<Operation, TreeMap<Integer, Work>>> works =
      new EnumMap<>(Engine.class);

  private Matrix() {}

  static Matrix instance() {
    return DEFAULT;
  }

  /// Throws [IllegalArgumentException] with the line that is wrong.
  static Matrix of(List<String> lines) {
    var matrix = new Matrix();
    for (var at = 0; at < lines.size(); at++) {
      var line = lines.get(at);
      if (!line.isBlank() && !line.startsWith("#")) {
        try {
          matrix.add(line.split("\t", -1));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "line %d: %s (%s)".formatted(at + 1, line, e.getMessage()), e);
        }
      }
    }
    matrix.check();
    return matrix;
  }

  private static Matrix read(String name) {
    try (var in = Objects.requireNonNull(Matrix.class.getResourceAsStream(name), name);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return of(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String[] fields) {
    if (fields.length != 6) {
      throw new IllegalArgumentException("fields: %d (expected: 6)".formatted(fields.length));
    }
    var operation = operation(fields[0]);
    var engine =
        Engine.byId(fields[1])
            .orElseThrow(() -> new IllegalArgumentException("engine: " + fields[1]));
    var work =
        new Work(Algorithm.valueOf(fields[3]), isRebuild(fields[4]), Lock.valueOf(fields[5]));
    var before =
        works
            .computeIfAbsent(engine, _ -> new EnumMap<>(Operation.class))
            .computeIfAbsent(operation, _ -> new TreeMap<>())
            .put(version(fields[2]), work);
    if (before != null) {
      throw new IllegalArgumentException("the version is told twice");
    }
  }

  private static Operation operation(String id) {
    for (var operation : Operation.values()) {
      if (operation.id().equals(id)) {
        return operation;
      }
    }
    throw new IllegalArgumentException("operation: " + id);
  }

  private static boolean isRebuild(String field) {
    if (!field.equals("rebuild") && !field.equals("-")) {
      throw new IllegalArgumentException("rebuild: %s (expected: rebuild or -)".formatted(field));
    }
    return field.equals("rebuild");
  }

  private static int version(String text) {
    var parts = VERSION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("version: %s (expected: as 8.0.12)".formatted(text));
    }
    return Server.number(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  private void check() {
    for (var engine : List.of(Engine.MYSQL, Engine.MARIADB)) {
      for (var operation : Operation.values()) {
        if (!works.getOrDefault(engine, Map.of()).containsKey(operation)) {
          throw new IllegalArgumentException(
              "%s: nothing is told for %s".formatted(operation.id(), engine.title()));
        }
      }
    }
  }

  /// Empty for a server that is older than all that is known.
  Optional<Work> work(Operation operation, Server server) {
    var byVersion = works.getOrDefault(server.engine(), Map.of()).get(operation);
    var entry = byVersion == null ? null : byVersion.floorEntry(server.release());
    return Optional.ofNullable(entry).map(Map.Entry::getValue);
  }
}
