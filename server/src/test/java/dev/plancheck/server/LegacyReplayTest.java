// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.GetLegacyPlanCheckRunRequest;
import dev.plancheck.api.v1.LegacyPlanCheckRun;
import dev.plancheck.api.v1.LegacyPlanCheckRun.Status;
import dev.plancheck.api.v1.LegacyPlanCheckRunServiceGrpc.LegacyPlanCheckRunServiceBlockingStub;
import dev.plancheck.api.v1.ListLegacyPlanCheckRunsRequest;
import dev.plancheck.api.v1.ListLegacyPlanCheckRunsResponse;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.server.OldRow.Fate;
import dev.plancheck.store.LegacyMigration;
import dev.plancheck.store.LegacyMigration.Wish;
import dev.plancheck.store.StorageConfig;
import java.io.IOException;
import java.net.URLEncoder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The calls of old clients, replayed over REST and gRPC after the rows were migrated: they get
/// what the old server answered, but for rows that it could not be taken over from.
@Timeout(120)
final class LegacyReplayTest {
  private static final String PROJECT = "shop";
  private static final Set<Fate> SAME = EnumSet.of(Fate.SAME);

  @SuppressWarnings("NullAway") // Set before all tests.
  private static LiveServer live;

  private final OldServer old = new OldServer(PROJECT, OldRows.ALL);

  @BeforeAll
  static void migrate() throws IOException, SQLException {
    live = new LiveServer(RunSettings.DEFAULT, Map.of());
    live.execute("postgres", "create database old");
    live.execute(
        "old",
        """
        create table plan_check_run (
          id serial primary key, created_at timestamptz not null default now(),
          updated_at timestamptz not null default now(), plan_id bigint not null,
          status text not null, type text not null, config jsonb not null default '{}',
          result jsonb not null default '{}', payload jsonb not null default '{}');
        insert into plan_check_run
          (id, created_at, updated_at, plan_id, status, type, config, result)
        values %s
        """
            .formatted(OldRows.ALL.stream().map(OldRow::sql).collect(joining(",\n"))));
    var target =
        StorageConfig.of(
            live.metadata.jdbcUrl("postgres"), live.metadata.user(), live.metadata.password());
    var source =
        StorageConfig.of(
            live.customer.jdbcUrl("old"), live.customer.user(), live.customer.password());
    var _ = new LegacyMigration(target, _ -> {}).run(new Wish(source, PROJECT, 0, false));
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @Test
  void listsWithEveryFilterAreTheSame() {
    for (var plan : old.plans()) {
      for (var filter : OldServer.FILTERS.keySet()) {
        var answer = list(plan, filter);

        assertThat(ofOldRows(plan, answer))
            .as("plan %d, %s", plan, filter)
            .isEqualTo(old.list(plan, filter, SAME));
        assertThat(grpcList(plan, filter)).isEqualTo(answer);
      }
    }
  }

  /// What is in an answer beside the rows that did not change.
  private List<LegacyPlanCheckRun> ofOldRows(long plan, List<LegacyPlanCheckRun> answer) {
    var same =
        old.rows(plan).stream().filter(row -> row.fate() == Fate.SAME).map(old::name).toList();
    return answer.stream().filter(run -> same.contains(run.getName())).toList();
  }

  @Test
  void nothingElseIsListedButWhatStandsForRowsThatCouldNotBeTakenOver() {
    for (var plan : old.plans()) {
      var others = new ArrayList<>(list(plan, ""));
      others.removeAll(ofOldRows(plan, others));

      assertThat(others)
          .as("plan %d", plan)
          .hasSameSizeAs(
              old.rows(plan).stream()
                  .filter(row -> row.fate() == Fate.STOPPED || isOddButKnown(row))
                  .toList())
          .allSatisfy(run -> {
            assertThat(run.getStatus()).isEqualTo(Status.FAILED);
            assertThat(run.getError()).isNotEmpty();
            assertThat(run.getResultsList())
                .anySatisfy(
                    result -> assertThat(result.getStatus()).isEqualTo(FindingStatus.ERROR));
          });
    }
  }

  private boolean isOddButKnown(OldRow row) {
    return row.fate() == Fate.QUARANTINED && !row.type().equals("bb.plan-check.database.connect");
  }

  @Test
  void eachRunIsReadByTheIdOfItsRow() {
    for (var row : OldRows.ALL) {
      var answer = live.rest.send("GET", "/v1/" + old.name(row), "");
      switch (row.fate()) {
        case SAME -> {
          var run = live.rest.get("/v1/" + old.name(row), LegacyPlanCheckRun.getDefaultInstance());
          assertThat(run).isEqualTo(old.get(row));
          assertThat(
                  grpc()
                      .getPlanCheckRun(
                          GetLegacyPlanCheckRunRequest.newBuilder().setName(old.name(row)).build()))
              .isEqualTo(run);
        }
        case STOPPED ->
            assertThat(answer.body()).contains("FAILED", "was running when it was migrated");
        case REPLACED -> assertThat(answer.body()).contains(old.name(newest(row)));
        case QUARANTINED -> assertThat(answer.statusCode()).isEqualTo(404);
      }
    }
  }

  private static OldRow newest(OldRow older) {
    return OldRows.ALL.stream()
        .filter(row -> row.plan() == older.plan() && row.type().equals(older.type()))
        .filter(row -> row.fate() == Fate.SAME)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void cancelingIsRefusedAsItWas() {
    for (var plan : old.plans()) {
      var same = old.rows(plan).stream().filter(row -> row.fate() == Fate.SAME).toList();

      assertThat(cancel(plan, same)).as("plan %d", plan).isEqualTo(old.cancel(plan, same));
      var foreign = List.of(OldRows.ALL.get(plan == 1 ? OldRows.ALL.size() - 1 : 0));
      assertThat(cancel(plan, foreign)).isEqualTo(old.cancel(plan, foreign));
      assertThat(cancel(plan, List.of())).isEqualTo(old.cancel(plan, List.of()));
    }
  }

  @Test
  void noGateOfAnOldClientIsOpenThatWasShut() {
    for (var plan : old.plans()) {
      var before = letsGo(old.list(plan, "", EnumSet.of(Fate.SAME, Fate.STOPPED)));

      assertThat(letsGo(list(plan, "")) && !before).as("plan %d", plan).isFalse();
    }
    assertThat(letsGo(list(1, ""))).isTrue();
  }

  private static boolean letsGo(List<LegacyPlanCheckRun> runs) {
    return runs.stream()
        .allMatch(run ->
            run.getStatus() == Status.DONE
                && run.getResultsList().stream()
                    .noneMatch(result -> result.getStatus() == FindingStatus.ERROR));
  }

  private List<LegacyPlanCheckRun> list(long plan, String filter) {
    return live.rest
        .get(
            "/v1/%s/planCheckRuns?latestOnly=true&filter=%s"
                .formatted(old.plan(plan), URLEncoder.encode(filter, UTF_8)),
            ListLegacyPlanCheckRunsResponse.getDefaultInstance())
        .getPlanCheckRunsList();
  }

  private List<LegacyPlanCheckRun> grpcList(long plan, String filter) {
    return grpc()
        .listPlanCheckRuns(
            ListLegacyPlanCheckRunsRequest.newBuilder()
                .setParent(old.plan(plan))
                .setFilter(filter)
                .build())
        .getPlanCheckRunsList();
  }

  private LegacyPlanCheckRunServiceBlockingStub grpc() {
    return live.grpc(LegacyPlanCheckRunServiceBlockingStub.class);
  }

  private int cancel(long plan, List<OldRow> rows) {
    var names = rows.stream().map(old::name).map("\"%s\""::formatted).collect(joining(","));
    return live.rest
        .send(
            "POST",
            "/v1/%s/planCheckRuns:batchCancel".formatted(old.plan(plan)),
            "{\"planCheckRuns\":[%s]}".formatted(names))
        .statusCode();
  }
}
