// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.Runs;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The flat lists of results that were read last, so that turning pages does not expand a record
/// again for each page. Thread-safe; a list is kept only for the state of the run it was read for.
final class ResultLists {
  private static final int KEPT = 4;

  private record Key(long run, int attempt, Instant updatedAt) {}

  private final Runs runs;
  private final Map<Key, List<Result>> kept =
      new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<Result>> eldest) {
          return size() > KEPT;
        }
      };

  ResultLists(Runs runs) {
    this.runs = runs;
  }

  /// What `run` found, in plan order; empty until it is final. Throws [ApiException] ABORTED when
  /// the record changes while it is read.
  List<Result> of(PlanCheckRun run) {
    if (!run.status().isFinal()) {
      return List.of();
    }
    var key = new Key(run.id(), run.attempt(), run.times().updatedAt());
    var known = known(key);
    if (known != null) {
      return known;
    }
    // Record and results are two questions: only equal answers around the second one tell that
    // the results belong to the record.
    var results = runs.results(run.plan());
    if (!runs.get(run.plan()).equals(Optional.of(run))) {
      throw ApiException.aborted(
          run.plan() + " is checked again just now: read the run and list from the first page");
    }
    keep(key, results);
    return results;
  }

  private synchronized @Nullable List<Result> known(Key key) {
    return kept.get(key);
  }

  private synchronized void keep(Key key, List<Result> results) {
    kept.put(key, results);
  }
}
