// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.RandomResults;
import dev.plancheck.checks.contract.RunStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.Alteration;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.Position;
import dev.plancheck.engine.text.TextRange;
import dev.plancheck.store.codec.SampleResults;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The view `plan_check_result` shows exactly what the codec expands.
abstract class ResultViewContract {
  abstract MetadataCluster cluster();

  private StoragePorts ports;

  @BeforeEach
  void empty() throws SQLException {
    ports = cluster().emptyPorts();
  }

  @Test
  void showsAnyFlatListOfResults() throws SQLException {
    for (var seed = 0; seed < 40; seed++) {
      var results = RandomResults.of(seed, seed * 3);
      var plan = stored(results);
      assertThat(view(plan)).as("results of seed %d", seed).isEqualTo(results);
    }
  }

  @Test
  void showsResultsOfRealShape() throws SQLException {
    for (var results :
        List.of(
            SampleResults.ofTenants(250),
            SampleResults.allDifferent(30),
            SampleResults.nothingToShare(30),
            SampleResults.inTurns(30),
            SampleResults.differentSummaries(30))) {
      assertThat(view(stored(results))).isEqualTo(results);
    }
  }

  @Test
  void showsTheResultsOfTenThousandTargetsInSeconds() throws SQLException {
    var results = SampleResults.ofTenants(10_000);
    var plan = stored(results);
    var started = System.nanoTime();
    assertThat(view(plan)).isEqualTo(results);
    assertThat(System.nanoTime() - started).isLessThan(20_000_000_000L);
  }

  @Test
  void showsNothingOfARunWithoutResults() throws SQLException {
    var plan = Samples.plan(ports, "shop", 1).name();
    new RunStory(ports).enqueue(plan, Samples.config(1), 1);
    assertThat(view(plan)).isEmpty();
  }

  @Test
  void countsByStatusEqualTheColumns() throws SQLException {
    stored(SampleResults.ofTenants(500));
    try (var connection = MetadataCluster.connect(cluster().shared());
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select r.success_count, r.warning_count, r.error_count, r.not_performed_count,
                  count(*) filter (where v.outcome = 'PERFORMED' and v.status = 'SUCCESS'),
                  count(*) filter (where v.outcome = 'PERFORMED' and v.status = 'WARNING'),
                  count(*) filter (where v.outcome = 'PERFORMED' and v.status = 'ERROR'),
                  count(*) filter (where v.outcome = 'NOT_PERFORMED')
                from plancheck.plan_check_run as r
                join plancheck.plan_check_result as v on v.run_id = r.id
                group by r.id
                """)) {
      assertThat(row.next()).isTrue();
      for (var column = 1; column <= 4; column++) {
        assertThat(row.getInt(column)).isEqualTo(row.getInt(column + 4));
      }
      assertThat(row.getInt("error_count")).isEqualTo(505);
      assertThat(row.next()).isFalse();
    }
  }

  private PlanName stored(List<Result> results) {
    var plan = Samples.plan(ports, "shop", 1).name();
    new RunStory(ports).done(plan, Samples.config(1), results);
    return plan;
  }

  private List<Result> view(PlanName plan) throws SQLException {
    try (var connection = MetadataCluster.connect(cluster().shared());
        var statement =
            connection.prepareStatement(
                """
                select *,
                  array(select jsonb_array_elements_text(statement_types)) as types,
                  array(select t ->> 'table' from jsonb_array_elements(changed_tables) t) as tables,
                  array(select t ->> 'rows' from jsonb_array_elements(changed_tables) t) as rows,
                  array(select t ->> 'bytes' from jsonb_array_elements(changed_tables) t) as bytes,
                  array(select t ->> 'affectedMethod' from jsonb_array_elements(changed_tables) t)
                    as methods,
                  array(select t ->> 'affectedRows' from jsonb_array_elements(changed_tables) t)
                    as affected,
                  array(select t ->> 'affectedNote' from jsonb_array_elements(changed_tables) t)
                    as notes,
                  array(select t ->> 'alteration' from jsonb_array_elements(changed_tables) t)
                    as alterations
                from plancheck.plan_check_result
                where project_id = ? and plan_number = ?
                order by target_ordinal, result_ordinal
                """)) {
      statement.setString(1, plan.project());
      statement.setLong(2, plan.number());
      var results = new ArrayList<Result>();
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          results.add(result(row));
        }
      }
      return results;
    }
  }

  private static Result result(ResultSet row) throws SQLException {
    var finding =
        new Finding(
            row.getString("rule"),
            Status.valueOf(row.getString("status")),
            row.getString("title"),
            row.getString("content"),
            range(row));
    return new Result(
        DatabaseName.parse(row.getString("target")),
        row.getString("spec"),
        row.getString("sheet_sha256"),
        CheckType.valueOf(row.getString("type")),
        Outcome.valueOf(row.getString("outcome")),
        finding,
        summary(row),
        row.getString("computed_sha256"));
  }

  private static @Nullable TextRange range(ResultSet row) throws SQLException {
    var line = row.getInt("start_line");
    if (row.wasNull()) {
      return null;
    }
    return new TextRange(
        new Position(line, row.getInt("start_column")),
        new Position(row.getInt("end_line"), row.getInt("end_column")));
  }

  private static @Nullable SummaryReport summary(ResultSet row) throws SQLException {
    var method = row.getString("affected_method");
    if (method == null) {
      assertThat(row.getString("statement_types")).isNull();
      assertThat(row.getString("changed_tables")).isNull();
      assertThat(row.getString("fingerprint")).isNull();
      return null;
    }
    return new SummaryReport(
        row.getString("fingerprint"),
        texts(row, "types"),
        tables(row),
        new AffectedRows(
            AffectedRows.Method.valueOf(method),
            row.getObject("affected_rows", Long.class),
            row.getString("affected_note")));
  }

  private static List<ChangedTable> tables(ResultSet row) throws SQLException {
    var names = texts(row, "tables");
    var rows = texts(row, "rows");
    var bytes = texts(row, "bytes");
    var methods = texts(row, "methods");
    var affected = texts(row, "affected");
    var notes = texts(row, "notes");
    var alterations = texts(row, "alterations");
    var tables = new ArrayList<ChangedTable>();
    for (var index = 0; index < names.size(); index++) {
      tables.add(
          new ChangedTable(
              names.get(index),
              number(rows.get(index)),
              number(bytes.get(index)),
              new AffectedRows(
                  AffectedRows.Method.valueOf(methods.get(index)),
                  number(affected.get(index)),
                  notes.get(index)),
              alterations.get(index) == null ? null : Alteration.valueOf(alterations.get(index))));
    }
    return tables;
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }
}
