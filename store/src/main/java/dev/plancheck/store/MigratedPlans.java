// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.migration.MigratedPlan;
import dev.plancheck.checks.migration.MigratedPlan.QuarantinedRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What a consolidation did, read in its transaction.
final class MigratedPlans {
  /// Of a plan's odd rows, how many are listed.
  private static final int MOST_QUARANTINED = 100;

  private MigratedPlans() {}

  /// By the ids that the plans had.
  static List<MigratedPlan> read(Connection connection) throws SQLException {
    try (var query =
        connection.prepareStatement(
            """
            select todo.plan_id as legacy_plan, todo.row_count, todo.open_before, todo.is_there,
              odd.count as odd_count, odd.uids, odd.reasons,
            """
                + RunReader.COLUMNS
                + """
                from legacy_todo as todo
                join plancheck.plan as p
                  on p.project_id = (select project from legacy_setting)
                    and p.number = todo.plan_id
                join plancheck.plan_check_run as r on r.plan_id = p.id
                cross join lateral (
                  select count(*) as count, (array_agg(uid order by uid))[:?] as uids,
                    (array_agg(reason order by uid))[:?] as reasons
                  from plancheck.plan_check_run_legacy_quarantine as quarantine
                  where quarantine.run_id = r.id
                ) as odd
                order by todo.plan_id
                """)) {
      query.setInt(1, MOST_QUARANTINED);
      query.setInt(2, MOST_QUARANTINED);
      var plans = new ArrayList<MigratedPlan>();
      try (var row = query.executeQuery()) {
        while (row.next()) {
          plans.add(plan(row));
        }
      }
      return plans;
    }
  }

  private static MigratedPlan plan(ResultSet row) throws SQLException {
    return new MigratedPlan(
        row.getLong("legacy_plan"),
        row.getLong("row_count"),
        row.getBoolean("open_before"),
        row.getBoolean("is_there"),
        row.getLong("odd_count"),
        quarantined(row),
        RunReader.run(row));
  }

  private static List<QuarantinedRow> quarantined(ResultSet row) throws SQLException {
    var rows = new ArrayList<QuarantinedRow>();
    if (row.getLong("odd_count") > 0) {
      var uids = (Long[]) row.getArray("uids").getArray();
      var reasons = (String[]) row.getArray("reasons").getArray();
      for (var index = 0; index < uids.length; index++) {
        rows.add(new QuarantinedRow(uids[index], reasons[index]));
      }
    }
    return rows;
  }
}
