// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.run.Result;
import dev.plancheck.store.codec.FlatForm;
import dev.plancheck.store.codec.ResultCodec;
import dev.plancheck.store.codec.SampleResults;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the deduplicated form costs, as text that is sent and as compressed jsonb in a real row,
/// against the flat list.
final class ResultSizeTest {
  /// The names of the lists: what the form costs however short the list is, in bytes.
  private static final int FIXED = 256;

  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = MetadataCluster.connect(MetadataCluster.newest().shared());
    execute("create temporary table held (value jsonb)");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void aRunOfTenantsIsAFractionOfTheFlatList() throws SQLException {
    var results = SampleResults.ofTenants(1000);
    var text = ResultCodec.toJson(results);

    assertThat(text.length()).isLessThan(FlatForm.toJson(results).length() / 20);
    assertThat(stored(text)).isLessThan(stored(FlatForm.toJson(results)) / 2).isLessThan(29_000);
  }

  @Test
  void aRunInWhichEachTargetDiffersIsNeverLargerThanTheFlatList() throws SQLException {
    for (var count : List.of(10, 100, 1000, 5000)) {
      assertNotLarger(SampleResults.allDifferent(count));
      assertNotLarger(SampleResults.inTurns(count));
      assertNotLarger(SampleResults.differentSummaries(count));
    }
  }

  /// One short result for each of so many specs is nothing that a plan has: there the numbers of
  /// the entries weigh a little more than what compression leaves of the repeated words.
  @Test
  void aListWithNothingToShareCostsAtMostATenthMore() throws SQLException {
    for (var count : List.of(100, 1000, 5000)) {
      var results = SampleResults.nothingToShare(count);
      var text = ResultCodec.toJson(results);
      var flat = FlatForm.toJson(results);
      assertThat(text.length()).isLessThanOrEqualTo(flat.length());
      assertThat(stored(text)).isLessThan(stored(flat) * 11 / 10 + FIXED);
    }
  }

  private void assertNotLarger(List<Result> results) throws SQLException {
    var text = ResultCodec.toJson(results);
    var flat = FlatForm.toJson(results);
    assertThat(text.length()).isLessThanOrEqualTo(flat.length());
    assertThat(stored(text)).isLessThanOrEqualTo(stored(flat) + FIXED);
  }

  /// Bytes of the value in its row.
  private int stored(String json) throws SQLException {
    execute("truncate held");
    try (var insert = connection.prepareStatement("insert into held values (?::jsonb)")) {
      insert.setString(1, json);
      insert.execute();
    }
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_column_size(value) from held")) {
      row.next();
      return row.getInt(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
