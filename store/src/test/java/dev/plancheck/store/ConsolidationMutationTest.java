// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.store.Consolidation.Settings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The awkward plans notice whatever is changed in the SQL of the consolidation.
final class ConsolidationMutationTest {
  private static final Settings SETTINGS =
      new Settings("legacy", 0, StorageConfig.DEFAULT_RESULT_BUDGET);

  /// One change of the SQL: `from` is there, and becomes `to` wherever it is.
  private record Mutation(String what, String from, String to) {
    String apply(String sql) {
      assertThat(sql).as(what).contains(from);
      return sql.replace(from, to);
    }
  }

  private static final List<Mutation> MUTATIONS =
      List.of(
          new Mutation(
              "the oldest row counts",
              "order by old.created_at desc, old.id desc",
              "order by old.created_at, old.id desc"),
          new Mutation(
              "among equal times the first counts",
              "order by old.created_at desc, old.id desc",
              "order by old.created_at desc, old.id"),
          new Mutation(
              "what was stored last counts",
              "order by old.created_at desc, old.id desc",
              "order by old.id desc"),
          new Mutation(
              "an identity without its sheet",
              "old.config ->> 'databaseName',\n      old.config ->> 'sheetSha256'",
              "old.config ->> 'databaseName'"),
          new Mutation(
              "an identity without its database",
              "old.config ->> 'databaseName',\n      old.config ->> 'sheetSha256'",
              "old.config ->> 'sheetSha256'"),
          new Mutation(
              "an identity without its check",
              "partition by old.plan_id, old.type,",
              "partition by old.plan_id,"),
          new Mutation(
              "every row counts",
              "where old.newest and old.type is not null",
              "where old.type is not null"),
          new Mutation(
              "odd rows that were replaced count",
              "where (old.newest or old.type is null",
              "where (true or old.type is null"),
          new Mutation(
              "rows without an identity are replaced by each other",
              "where (old.newest or old.type is null or old.target is null or old.sheet is null)",
              "where old.newest and old.type is not null"),
          new Mutation(
              "rows that run are done",
              "bool_or(status = 'RUNNING' or status = 'FAILED' or error <> '')",
              "bool_or(status = 'FAILED' or error <> '')"),
          new Mutation(
              "rows that failed are done",
              "bool_or(status = 'RUNNING' or status = 'FAILED' or error <> '')",
              "bool_or(status = 'RUNNING' or error <> '')"),
          new Mutation(
              "a done row that says what went wrong is done",
              "bool_or(status = 'RUNNING' or status = 'FAILED' or error <> '')",
              "bool_or(status = 'RUNNING' or status = 'FAILED')"),
          new Mutation("canceled rows are done", "bool_or(status = 'CANCELED')", "bool_or(false)"),
          new Mutation(
              "canceled rows are not looked at",
              "where old.newest and old.type is not null",
              "where old.status <> 'CANCELED' and old.newest and old.type is not null"),
          new Mutation(
              "what is older than 30 days is not looked at",
              "where old.newest and old.type is not null",
              "where old.created_at > now() - interval '30 days' and old.newest and old.type is not"
                  + " null"),
          new Mutation("odd rows harm nobody", "ends.failed or odd.count > 0", "ends.failed"),
          new Mutation(
              "error texts are lost", "coalesce(nullif(error.words, ''),", "coalesce(null,"),
          new Mutation(
              "an outer join over results",
              "      from jsonb_array_elements(checked.results) with ordinality as element (body,"
                  + " place)\n",
              "      from (select) as one left join jsonb_array_elements(checked.results)"
                  + " with ordinality as element (body, place) on true\n"),
          new Mutation(
              "done without a result is done",
              "when jsonb_array_length(coalesce(original.result -> 'results', '[]')) = 0",
              "when false"),
          new Mutation(
              "nulls are kept",
              "jsonb_strip_nulls(jsonb_build_object(\n      'checks'",
              "(jsonb_build_object(\n      'checks'"),
          new Mutation(
              "what could not be made was made",
              "        'NOT_PERFORMED',\n",
              "        'PERFORMED',\n"),
          new Mutation(
              "age counts from the newest",
              "min(created_at) as oldest_at",
              "max(created_at) as oldest_at"),
          new Mutation(
              "clocks are believed",
              "least(coalesce(ends.oldest_at, todo.first_at), now())",
              "coalesce(ends.oldest_at, todo.first_at)"),
          new Mutation(
              "flags need not be flags",
              "jsonb_typeof(original.config -> flag) <> 'boolean'",
              "false"),
          new Mutation(
              "any status of a result will do",
              "not in ('\"SUCCESS\"', '\"WARNING\"', '\"ERROR\"'), true)",
              "not in ('\"SUCCESS\"', '\"WARNING\"', '\"ERROR\"'), false)"),
          new Mutation(
              "a plan without specs needs no checks",
              "coalesce(said.specs, derived.specs, jsonb_build_array(",
              "coalesce(said.specs, '[]', jsonb_build_array("),
          new Mutation(
              "targets as they come",
              "partition by gathered.plan_id order by gathered.target collate \"C\"",
              "partition by gathered.plan_id order by md5(gathered.target)"),
          new Mutation(
              "ids are lost",
              "  and not exists (select from legacy_problem as problem where problem.uid ="
                  + " old.uid);",
              "  and old.newest and not exists (select from legacy_problem as problem where"
                  + " problem.uid = old.uid);"),
          new Mutation(
              "one finding for all",
              "group by found.body, numbered_check.number\n",
              "group by found.body, numbered_check.number having min(found.number) = 1\n"),
          new Mutation(
              "text is taken as it is",
              "'content', replace(item.content, U&'\\241B', U&'\\241B241b')",
              "'content', item.content"),
          new Mutation(
              "gates were open whatever was found",
              "and not jsonb_path_exists(original.result",
              "and not false and not jsonb_path_exists('{}'"));

  @Test
  void everyChangeIsNoticed() throws SQLException {
    var plans = AwkwardPlans.all();
    var sql = Consolidation.sql();
    var database = LegacyTrial.database(MetadataCluster.newest());
    var unnoticed = new ArrayList<String>();
    for (var mutation : MUTATIONS) {
      if (!isNoticed(database, plans, mutation.apply(sql))) {
        unnoticed.add(mutation.what());
      }
    }

    assertThat(MUTATIONS).hasSizeGreaterThanOrEqualTo(15);
    assertThat(unnoticed).isEmpty();
  }

  private static boolean isNoticed(StorageConfig database, List<LegacyPlan> plans, String sql)
      throws SQLException {
    try (var trial = new LegacyTrial(database, plans)) {
      trial.check(SETTINGS, sql);
      return false;
    } catch (AssertionError | RuntimeException _) {
      return true;
    } catch (SQLException e) {
      // Whatever is no SQL any more proves nothing.
      assertThat(e.getSQLState()).as(e.getMessage()).doesNotStartWith("42");
      return true;
    }
  }
}
