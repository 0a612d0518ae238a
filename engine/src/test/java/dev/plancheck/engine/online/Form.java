// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// One form of ALTER TABLE on the table of `parcel.sql`, with what each server was measured to do.
///
/// `extra` is one more column, key or constraint of the table, or empty; `before` are statements
/// that make of the table what the form needs. `cells` are by server, as `mysql-8.0.15`: `INPLACE
/// blocks rebuild`, with `moment` for a lock that is held for a moment only.
public record Form(
    String name,
    String extra,
    List<String> before,
    Map<String, String> settings,
    String alter,
    Map<String, String> cells) {

  /// What a server refuses, and what was not measured on it.
  private static final List<String> WITHOUT_FACT = List.of("-", "?");

  /// Those that were measured on five servers.
  public static List<Form> usual() {
    return read("forms.tsv");
  }

  /// More of them, measured on three: of special tables, and of several actions at once.
  public static List<Form> special() {
    return read("more-forms.tsv");
  }

  static List<Form> all() {
    var all = new ArrayList<>(usual());
    all.addAll(special());
    return all;
  }

  private static List<Form> read(String file) {
    var all = new ArrayList<Form>();
    var lines = text(file).lines().toList();
    var heads = lines.getFirst().split("\t", -1);
    for (var line : lines.subList(1, lines.size())) {
      all.add(of(heads, line.split("\t", -1)));
    }
    return all;
  }

  private static Form of(String[] heads, String[] fields) {
    var cells = new TreeMap<String, String>();
    for (var at = 4; at < heads.length; at++) {
      cells.put(heads[at], fields[at]);
    }
    var parts = List.of(fields[1].split(";;", -1));
    var settings = new TreeMap<String, String>();
    if (!fields[2].equals("-")) {
      var setting = fields[2].split("=", 2);
      settings.put(setting[0], setting[1].replace("'", ""));
    }
    return new Form(
        fields[0],
        parts.getFirst().equals("-") ? "" : parts.getFirst(),
        parts.subList(1, parts.size()),
        settings,
        fields[3],
        cells);
  }

  /// Whether it makes, empties or takes away a part of the table only.
  public boolean isAboutSomePartitions() {
    return alter.contains("PARTITION p") || alter.matches("(ADD|COALESCE) PARTITION.*");
  }

  public Optional<String> cell(String server) {
    return Optional.ofNullable(cells.get(server)).filter(cell -> !WITHOUT_FACT.contains(cell));
  }

  /// What makes the table, statement by statement, and what it refers to.
  public List<String> tables() {
    var end = "\n) ENGINE=InnoDB ROW_FORMAT";
    var text = text("parcel.sql");
    var statements = new ArrayList<String>();
    for (var statement :
        (extra.isEmpty() ? text : text.replace(end, ",\n  " + extra + end)).split(";\n", -1)) {
      if (!statement.isBlank()) {
        statements.add(statement.strip());
      }
    }
    statements.addAll(before);
    return statements;
  }

  /// The statement with clauses that say how to run it. PARTITION BY takes no comma before it.
  public String statement(String clauses) {
    var bare = alter.startsWith("PARTITION BY") || alter.startsWith("REMOVE");
    return "ALTER TABLE parcel %s%s%s"
        .formatted(clauses, clauses.isEmpty() ? "" : bare ? " " : ", ", alter);
  }

  /// What a verdict says in the words of the cells.
  public static String cell(Work work) {
    return work.algorithm()
        + switch (work.lock()) {
          case NONE -> "";
          case SHARED -> " blocks";
          case EXCLUSIVE -> " moment";
        }
        + (work.rebuild() ? " rebuild" : "");
  }

  private static String text(String file) {
    try (var in = Objects.requireNonNull(Form.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
