// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.api.v1.DatabaseGroup;
import dev.plancheck.api.v1.Rollout;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A rollout that rests for days between two of its stages, on real databases.
@Timeout(120)
final class RestingRolloutTest {
  @SuppressWarnings("NullAway") // Set before each test.
  private LiveRollouts live;

  @BeforeEach
  void start() throws IOException, SQLException {
    live = LiveRollouts.start();
    for (var database : List.of("tenant_1", "tenant_2", "tenant_3")) {
      live.createDatabase(database);
    }
    sync("staging", Set.of("tenant_1"));
    sync("production", Set.of("tenant_2"));
    live.live()
        .rest
        .post(
            "/v1/projects/shop/databaseGroups?groupId=tenants",
            "{\"expression\": \"resource.database_name.startsWith('tenant_')\"}",
            DatabaseGroup.getDefaultInstance());
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private void sync(String instance, Set<String> databases) {
    live.live().server.ports().databases().sync(instance, databases);
  }

  /// Eight days go by, and the server with them.
  private void rest() throws IOException, SQLException {
    try (var connection = live.live().metadata.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute(
          """
          update plancheck.plan_check_run
          set created_at = created_at - interval '8 days',
            queued_at = queued_at - interval '8 days',
            started_at = started_at - interval '8 days',
            updated_at = updated_at - interval '8 days',
            finished_at = finished_at - interval '8 days',
            result_started_at = result_started_at - interval '8 days',
            oldest_result_at = oldest_result_at - interval '8 days'
          """);
    }
    live = new LiveRollouts(live.live().restarted());
  }

  @Test
  void goesOnWhenItsDatabasesWereCheckedAgainAndLeavesTheNewcomerAlone() throws Exception {
    var plan =
        live.checked(
            "UPDATE book SET title = 'new' WHERE id = 1;",
            List.of("projects/shop/databaseGroups/tenants"));
    live.post(plan + "/rollout", "{}");
    live.stage(plan, "staging", 0);
    sync("production", Set.of("tenant_2", "tenant_3"));
    rest();

    assertThat(live.get(plan).getNewcomersList())
        .containsExactly("instances/production/databases/tenant_3");
    live.stage(plan, "production", 1);
    live.await(plan, rollout -> rollout.getState() == Rollout.State.DONE);

    assertThat(live.run(plan).getAttempt()).as("checked again for this stage").isEqualTo(2);
    assertThat(live.count("tenant_2", "title = 'new'")).isEqualTo(1);
    assertThat(live.count("tenant_3", "title = 'new'")).isZero();
  }
}
