// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.contract.LegacyUidsContract;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.legacy.LegacyCheck;
import dev.plancheck.checks.legacy.LegacyStatus;
import dev.plancheck.checks.legacy.LegacyUid;
import dev.plancheck.checks.legacy.LegacyUid.Told;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The contract, and what only a migration writes.
final class PostgresLegacyUidsTest extends LegacyUidsContract {
  private static final DatabaseName BOOKS = new DatabaseName("pg", "books");
  private static final LegacyCheck ADVISE =
      new LegacyCheck(BOOKS, Samples.SHEET.sha256(), CheckType.STATEMENT_ADVISE);

  @Override
  protected StoragePorts open() throws Exception {
    return MetadataCluster.newest().emptyPorts();
  }

  @Test
  void anOldRowKeepsItsIdAndWhatItSaid() throws Exception {
    var plan = Samples.plan(ports(), "shop", 1).name();
    keep(plan, 7001, true, "1, 'FAILED', 'connection refused', timestamptz '2025-11-30T08:00:00Z'");

    assertThat(ports().legacyUids().give(plan, List.of(ADVISE)))
        .containsExactly(
            new LegacyUid(
                7001,
                ADVISE,
                new Told(
                    1,
                    LegacyStatus.FAILED,
                    "connection refused",
                    Instant.parse("2025-11-30T08:00:00Z"))));
  }

  @Test
  void anOlderRowOfTheSameCheckIsAnotherNameOfTheNewest() throws Exception {
    var plan = Samples.plan(ports(), "shop", 1).name();
    keep(plan, 7001, true, "null, null, null, null");
    keep(plan, 6001, false, "1, 'DONE', '', timestamptz '2025-11-30T08:00:00Z'");
    keep(plan, 6002, false, "1, 'DONE', '', timestamptz '2025-11-30T08:00:00Z'");
    var listed = new LegacyUid(7001, ADVISE, null);

    assertThat(ports().legacyUids().give(plan, List.of(ADVISE))).containsExactly(listed);
    assertThat(ports().legacyUids().find(plan, Set.of(6001L, 6002L, 7001L)))
        .isEqualTo(Map.of(6001L, listed, 6002L, listed, 7001L, listed));
  }

  @Test
  void newNamesBeginBehindTheGreatestOldId() throws Exception {
    var plan = Samples.plan(ports(), "shop", 1).name();
    keep(plan, 7001, true, "null, null, null, null");
    execute(
        """
        select setval(
          pg_get_serial_sequence('plancheck.plan_check_run_legacy_uid', 'uid'),
          greatest(9000, (select last_value from plancheck.plan_check_run_legacy_uid_uid_seq)))
        """);
    var other = new LegacyCheck(BOOKS, Samples.SHEET.sha256(), CheckType.GHOST_SYNC);

    assertThat(ports().legacyUids().give(plan, List.of(other)).getFirst().uid()).isEqualTo(9001);
  }

  @Test
  void whatAnOldRowSaidIsThereAsAWholeOrNotAtAll() throws Exception {
    var plan = Samples.plan(ports(), "shop", 1).name();

    assertThatThrownBy(() -> keep(plan, 7001, true, "1, 'DONE', null, null"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("plan_check_run_legacy_uid_told_whole");
  }

  private static void keep(PlanName plan, long uid, boolean listed, String told)
      throws SQLException {
    execute(
        """
        insert into plancheck.plan_check_run_legacy_uid (
          plan_id, uid, target, sheet, type, listed, told_attempt, told_status, told_error, told_at)
        select id, %d, '%s', '%s', 'STATEMENT_ADVISE', %s, %s
        from plancheck.plan where project_id = '%s' and number = %d
        """
            .formatted(
                uid, BOOKS, Samples.SHEET.sha256(), listed, told, plan.project(), plan.number()));
  }

  private static void execute(String sql) throws SQLException {
    MetadataCluster.execute(MetadataCluster.newest().shared(), sql);
  }
}
