// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what nobody can come back to: texts that no project gave for some time, and that no
/// plan, release, rollout or run at work names. What happened is never forgotten: runs, their log,
/// decisions and changes of databases stay.
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final Jdbi jdbi;
  private final Duration unused;

  /// `unused` is how long a text stays that nothing names.
  Retention(Jdbi jdbi, Duration unused) {
    this.jdbi = jdbi;
    this.unused = unused;
  }

  /// One sweep; the number of texts that were forgotten.
  ///
  /// Whoever names a sheet in a plan or a release renews its reference in the same transaction;
  /// that waits for the sweep, or the sweep waits for it and leaves the text alone.
  public int sweep() {
    var forgotten =
        jdbi.inTransaction(handle -> {
          noteNamed(handle);
          forgetReferences(handle);
          return forgetTexts(handle);
        });
    if (forgotten > 0) {
      LOG.info("{} sheets that nothing names were forgotten", forgotten);
    }
    return forgotten;
  }

  private static void noteNamed(Handle handle) {
    handle.execute(
        """
        create temporary table named on commit drop as
        select sha256 #>> '{}' as sha256
        from plancheck.plan, jsonb_path_query(specs, '$.specs[*].*.sheetSha256') as sha256
        union
        select sha256 #>> '{}'
        from plancheck.release, jsonb_path_query(files, '$.**.sheetSha256') as sha256
        union
        select sheet from plancheck.rollout_task
        union
        select sha256 #>> '{}'
        from plancheck.plan_check_run, jsonb_path_query(config, '$.**.sheetSha256') as sha256
        where status in ('QUEUED', 'RUNNING')
        union
        select sha256
        from plancheck.computed_sheet
        join plancheck.plan_check_run using (plan_id)
        where status in ('QUEUED', 'RUNNING')
          or computed_at >= coalesce(oldest_result_at, queued_at, created_at)
        """);
    handle.execute("analyze named");
  }

  private void forgetReferences(Handle handle) {
    handle
        .createUpdate(
            """
            delete from plancheck.sheet_reference as reference
            where last_put_at < now() - make_interval(secs => :seconds)
              and not exists (select from named where named.sha256 = reference.sha256)
            """)
        .bind("seconds", unused.toSeconds())
        .execute();
  }

  private int forgetTexts(Handle handle) {
    return handle
        .createUpdate(
            """
            delete from plancheck.sheet
            where created_at < now() - make_interval(secs => :seconds)
              and not exists (select from named where named.sha256 = sheet.sha256)
              and not exists (
                select from plancheck.sheet_reference where sheet_reference.sha256 = sheet.sha256)
            """)
        .bind("seconds", unused.toSeconds())
        .execute();
  }
}
