// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.Review;
import dev.plancheck.engine.review.ReviewResult;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.review.Walkthrough;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.Reviewed;
import dev.plancheck.rules.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Compares locks, and the rule for type changes, with what was measured on real servers.
final class MatrixTest {
  private static final List<Integer> VERSIONS = List.of(13, 14, 15, 16, 17, 18);

  /// The tables that the matrix was measured on.
  private static final String TARGET =
      """
      CREATE TYPE et AS ENUM ('a', 'b');
      CREATE DOMAIN dplain AS int;
      CREATE DOMAIN dpos AS int CHECK (value > 0);
      CREATE TABLE p (id int PRIMARY KEY);
      CREATE TABLE t (
        id int PRIMARY KEY, a int, b varchar(20), c text, ch char(10), num numeric(10,2),
        ts timestamp, tz timestamptz, tss timestamp(3), iv interval(3), vb varbit(10), cidr_c cidr,
        j json, ai int, n int NOT NULL DEFAULT 1, u int,
        CONSTRAINT ck_a CHECK (a > 0), CONSTRAINT fk_n FOREIGN KEY (n) REFERENCES p);
      ALTER TABLE t ADD CONSTRAINT ck_nn CHECK (a IS NOT NULL) NOT VALID;
      ALTER TABLE t ADD CONSTRAINT ck_nv CHECK (a < 1000000) NOT VALID;
      ALTER TABLE t ADD CONSTRAINT fk_nv FOREIGN KEY (u) REFERENCES p NOT VALID;
      CREATE INDEX t_a ON t (a);
      CREATE UNIQUE INDEX t_u ON t (u);
      CREATE TABLE child (id int PRIMARY KEY, t int REFERENCES t);
      CREATE VIEW vw AS SELECT id FROM t;
      CREATE MATERIALIZED VIEW mv AS SELECT id FROM t;
      CREATE UNIQUE INDEX mv_i ON mv (id);
      CREATE TABLE part (k int) PARTITION BY RANGE (k);
      CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (100);
      CREATE TABLE part_def (k int);
      ALTER TABLE part ATTACH PARTITION part_def DEFAULT;
      CREATE TABLE newpart (k int);
      CREATE TABLE unl (a int);
      CREATE TABLE inh (a int);
      CREATE TRIGGER tg AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
      """;

  record Row(
      String operation,
      String statement,
      List<Integer> versions,
      String locks,
      boolean rewrite,
      boolean scan) {}

  @Test
  void locksAreThoseThatWereMeasured() {
    var wrong = new ArrayList<String>();
    for (var row : rows()) {
      for (var major : row.versions()) {
        var expected = blocking(row.locks());
        var taken = taken(row.statement(), target(major));
        if (!taken.equals(expected)) {
          wrong.add(
              "%s on %d: %s instead of %s".formatted(row.statement(), major, taken, expected));
        }
      }
    }
    assertThat(wrong).as("locks judged otherwise than measured").isEmpty();
  }

  @Test
  void typeChangesAreJudgedAsMeasured() {
    var rows = rows().stream().filter(row -> row.operation().startsWith("type ")).toList();
    var wrong = new ArrayList<String>();
    for (var row : rows) {
      for (var major : row.versions()) {
        var found = review(row.statement(), target(major), "column.rewriting-type-change");
        var expected = row.rewrite() ? Status.ERROR : row.scan() ? Status.WARNING : Status.SUCCESS;
        if (found.worst() != expected) {
          wrong.add("%s on %d: %s".formatted(row.statement(), major, found));
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(wrong).as("type changes judged otherwise than measured").isEmpty();
  }

  /// Every form that rewrites or reads a whole table, or blocks others for long, is found by a
  /// rule.
  @Test
  void whatRewritesATableIsAnError() {
    var missed = new ArrayList<String>();
    for (var row : rows()) {
      if (row.rewrite() && !OTHER_REWRITES.contains(row.operation())) {
        for (var major : row.versions()) {
          var findings = review(row.statement(), target(major), "").findings();
          if (findings.stream().noneMatch(finding -> finding.status() == Status.ERROR)) {
            missed.add("%s on %d: %s".formatted(row.statement(), major, findings));
          }
        }
      }
    }
    assertThat(missed).as("rewrites that no rule finds").isEmpty();
  }

  /// Rewrites that the first rules do not speak of.
  private static final List<String> OTHER_REWRITES = List.of("cluster", "set unlogged");

  private static Schema target(int major) {
    return Reviewed.target(TARGET, Reviewed.postgresql(major), Map.of("timezone", "UTC"));
  }

  private static ReviewResult review(String sql, Schema target, String only) {
    var rules =
        Rules.ALL.stream().filter(rule -> only.isEmpty() || rule.info().id().equals(only)).toList();
    var result = new Review(Policy.of(rules)).run(Reviewed.script(sql, target.version()), target);
    assertThat(result.findings())
        .as("not understood: %s", sql)
        .extracting(Finding::rule)
        .doesNotContain("review.not-analysed", "review.not-parsed");
    return result;
  }

  /// The strongest lock of each table over all statements; locks on indexes are left out.
  private static Map<String, LockMode> taken(String sql, Schema target) {
    var strongest = new TreeMap<String, LockMode>();
    for (var step : Walkthrough.of(Reviewed.script(sql, target.version()), target).steps()) {
      if (!(step.statement().statement() instanceof Statement.SetVariable)) {
        for (var lock : Locks.of(step.statement().statement(), step.schema())) {
          strongest.merge(
              lock.relation().name(), lock.mode(), (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
      }
    }
    return strongest;
  }

  private static Map<String, LockMode> blocking(String measured) {
    var indexes =
        target(18).tables().values().stream()
            .flatMap(table -> table.indexes().stream())
            .map(Table.Index::name)
            .toList();
    var strongest = new TreeMap<String, LockMode>();
    for (var one : measured.split(";\\s*", -1)) {
      var parts = one.split(":", -1);
      if (parts.length == 2 && !indexes.contains(parts[0])) {
        var mode =
            LockMode.valueOf(
                parts[1].replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
        if (mode.blocksWrites()) {
          strongest.put(parts[0], mode);
        }
      }
    }
    return strongest;
  }

  private static List<Row> rows() {
    try (var file = MatrixTest.class.getResourceAsStream("ddl-matrix-pg.tsv")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .filter(row -> !row[3].startsWith("not supported"))
          .map(row ->
              new Row(
                  row[0],
                  row[1],
                  versions(row[2]),
                  row[3],
                  row[4].equals("yes"),
                  !row[6].equals("none")))
          .filter(row -> !row.versions().isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> versions(String range) {
    var bounds = range.split("-", -1);
    var from = Integer.parseInt(bounds[0]);
    var to = Integer.parseInt(bounds[bounds.length - 1]);
    return VERSIONS.stream().filter(major -> from <= major && major <= to).toList();
  }
}
