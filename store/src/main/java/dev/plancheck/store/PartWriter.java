// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.store.ScheduledTasks.AttemptKey;
import dev.plancheck.store.codec.DatedResult;
import dev.plancheck.store.codec.ResultPart;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Cuts a result into parts: the first is for the run's row, the others become rows of the table
/// `plan_check_run_overflow` as soon as they are full.
final class PartWriter {
  private final Handle handle;
  private final AttemptKey key;
  private final long budget;
  private ResultPart part;
  private int written;
  private long targets;
  private long results;
  private @Nullable String first;
  private long firstCount;

  PartWriter(Handle handle, AttemptKey key, long budget) {
    this.handle = handle;
    this.key = key;
    this.budget = budget;
    this.part = new ResultPart(budget);
  }

  void add(List<DatedResult> target) {
    if (!part.add(target)) {
      write();
      part = new ResultPart(budget);
      part.add(target);
    }
  }

  /// To be called once, after the last target.
  void end() {
    if (written == 0 || part.targetCount() > 0) {
      write();
    }
  }

  /// The part for the row.
  String first() {
    if (first == null) {
      throw new IllegalStateException("not ended");
    }
    return first;
  }

  long firstCount() {
    return firstCount;
  }

  private void write() {
    if (written == 0) {
      first = part.json();
      firstCount = part.resultCount();
    } else {
      insert();
    }
    written++;
    targets += part.targetCount();
    results += part.resultCount();
  }

  private void insert() {
    handle
        .createUpdate(
            """
            insert into plancheck.plan_check_run_overflow
              (run_id, attempt, seq, first_target, first_result, result_count, payload)
            values (:run, :attempt, :seq, :targets, :results, :count, :payload::jsonb)
            """)
        .bind("run", key.run())
        .bind("attempt", key.attempt())
        .bind("seq", written)
        .bind("targets", targets)
        .bind("results", results)
        .bind("count", part.resultCount())
        .bind("payload", part.json())
        .execute();
  }
}
