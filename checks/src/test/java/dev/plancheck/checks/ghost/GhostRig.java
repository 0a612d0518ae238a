// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.Answer.Told;
import dev.plancheck.checks.ghost.GhostFacts.BinaryLog;
import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.checks.ghost.GhostFacts.ForeignKey;
import dev.plancheck.checks.ghost.GhostFacts.Found;
import dev.plancheck.checks.ghost.GhostFacts.Grants;
import dev.plancheck.checks.ghost.GhostFacts.Relation;
import dev.plancheck.checks.ghost.GhostFacts.Relation.Base;
import dev.plancheck.checks.ghost.GhostFacts.Server;
import dev.plancheck.checks.ghost.GhostFacts.Source;
import dev.plancheck.checks.ghost.GhostFacts.TableKey;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A server and a table against which nothing speaks, to be spoiled by a test in one thing.
final class GhostRig {
  static final List<String> ALL = List.of("GRANT ALL PRIVILEGES ON *.* TO `app`@`%`");

  final Map<String, String> variables =
      new TreeMap<>(
          Map.of(
              "log_bin", "ON",
              "binlog_format", "ROW",
              "binlog_row_image", "FULL",
              "log_slave_updates", "ON",
              "read_only", "OFF",
              "sql_mode", "STRICT_TRANS_TABLES,NO_ZERO_DATE"));
  final Map<String, String> flags = new TreeMap<>();
  final List<Column> columns =
      new ArrayList<>(
          List.of(
              number("id", "int(10) unsigned", false),
              text("title", "varchar(40)", true, "utf8mb4"),
              text("isbn", "char(13)", false, "ascii"),
              number("pages", "int(11)", true),
              text("kind", "enum('novel','poem')", false, "utf8mb4"),
              number("added", "datetime", false),
              number("price", "decimal(10,2)", true)));
  final List<TableKey> keys = new ArrayList<>(List.of(unique("PRIMARY", "id")));
  final List<ForeignKey> foreignKeys = new ArrayList<>();
  final List<String> triggers = new ArrayList<>();
  final List<String> alike = new ArrayList<>();
  final List<String> views = new ArrayList<>();
  Engine engine = Engine.MYSQL;
  String version = "8.0.15";
  String name = "book";
  String storage = "InnoDB";
  boolean versioned;
  @Nullable Long runningIn;
  Answer<BinaryLog> binaryLog = new Told<>(new BinaryLog(List.of(), List.of()));
  Answer<List<Source>> sources = new Told<>(List.of());
  Answer<Integer> replicas = new Told<>(0);
  Answer<Boolean> metadataLocks = new Told<>(true);
  Answer<Grants> grants = new Told<>(new Grants("`app`@`%`", ALL, List.of()));
  final SortedMap<String, Answer<Boolean>> rows = new TreeMap<>();
  @Nullable Trial trial;
  @Nullable Noop noop;
  UnaryOperator<Relation> relation = UnaryOperator.identity();

  static Column number(String name, String type, boolean nullable) {
    return new Column(name, type, nullable, null, null, false, name.equals("id"), null);
  }

  static Column text(String name, String type, boolean nullable, String charset) {
    return new Column(name, type, nullable, charset, charset + "_general_ci", false, false, null);
  }

  /// A column without a name is an expression.
  static TableKey unique(String name, String... columns) {
    return new TableKey(name, true, List.of(columns), false);
  }

  GhostFacts facts() {
    var base =
        new Base(
            name,
            storage,
            "utf8mb4_general_ci",
            versioned,
            1_234_567L,
            300_000_000L,
            45_000_000L,
            columns,
            keys,
            foreignKeys,
            triggers,
            runningIn);
    return new GhostFacts(
        new Server(
            engine,
            version,
            "shop",
            new TreeMap<>(variables),
            binaryLog,
            sources,
            replicas,
            metadataLocks),
        grants,
        new Told<>(new Found(relation.apply(base), alike, views)),
        rows,
        trial,
        noop);
  }

  /// What is found of a sheet with one ALTER TABLE.
  List<Finding> judge(String sheet) {
    var source = new SourceText(sheet);
    var numbers = ServerVersion.of(version);
    var series = new EngineVersion(engine, numbers.major(), numbers.minor());
    var script = Dialects.of(engine).parse(source, series);
    var alter =
        GhostAlter.of(script)
            .orElseThrow(() -> new AssertionError("no ALTER TABLE: " + script.statements()));
    var findings = new Findings(source);
    SheetCheck.find(alter, "shop", findings);
    return GhostJudgement.of(alter, new GhostFlags(new TreeMap<>(flags)), facts(), findings);
  }

  /// The codes alone, without the prefix that they share; `ok` for the success.
  List<String> codes(String sheet) {
    return judge(sheet).stream()
        .map(found -> found.rule().isEmpty() ? "ok" : found.rule().substring("ghost.".length()))
        .toList();
  }
}
