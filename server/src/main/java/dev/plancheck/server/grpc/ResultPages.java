// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.cache.LatestUsed;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.server.mapping.ResultFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pages of a run's results, of which no more is read than a page needs, and how many there are in
/// all. Thread-safe; totals of filters are kept for the states of the runs that were asked for
/// last.
final class ResultPages {
  private static final int KEPT = 100;

  /// `next` is where the next page begins among all results; empty on the last one.
  record ResultPage(List<FoundResult> results, Optional<Long> next, long total) {
    ResultPage {
      results = List.copyOf(results);
    }
  }

  private record State(long run, int attempt, Instant updatedAt, ResultFilter filter) {}

  private final Runs runs;
  private final Map<State, Long> totals = new LatestUsed<>(KEPT);

  ResultPages(Runs runs) {
    this.runs = runs;
  }

  /// At most `size` matching results of `run`, from the `from`-th of all results on. Throws
  /// [ApiException] ABORTED when the record changes while it is read.
  ResultPage page(PlanCheckRun run, ResultFilter filter, long from, int size) {
    var reader = new PageReader(filter, from, size);
    require(run, runs.read(run.plan(), from, reader));
    return new ResultPage(reader.results, reader.next(), total(run, filter));
  }

  private long total(PlanCheckRun run, ResultFilter filter) {
    if (run.status() == RunStatus.DONE && filter.isEmpty()) {
      var counts = run.counts();
      return (long) counts.success() + counts.warning() + counts.error() + counts.notPerformed();
    }
    var state = new State(run.id(), run.attempt(), run.times().updatedAt(), filter);
    var known = known(state);
    if (known != null) {
      return known;
    }
    var counted = new long[1];
    require(
        run,
        runs.read(
            run.plan(),
            0,
            found -> {
              counted[0] += filter.matches(found.result()) ? 1 : 0;
              return true;
            }));
    keep(state, counted[0]);
    return counted[0];
  }

  /// Record and results are two questions: only when the results' own record is the one that was
  /// asked for do they belong together. One that is at work moves its counters all the time.
  private static void require(PlanCheckRun wanted, Optional<PlanCheckRun> read) {
    var same =
        read.filter(run ->
            run.attempt() == wanted.attempt()
                && (!wanted.status().isFinal() || run.equals(wanted)));
    if (same.isEmpty()) {
      throw ApiException.aborted(
          wanted.plan() + " is checked again just now: read the run and list from the first page");
    }
  }

  private synchronized @Nullable Long known(State state) {
    return totals.get(state);
  }

  private synchronized void keep(State state, long total) {
    totals.put(state, total);
  }

  /// Takes one result more than the page holds, to know whether there is another page.
  private static final class PageReader implements Runs.ResultReader {
    private final ResultFilter filter;
    private final int size;
    private final List<FoundResult> results = new ArrayList<>();
    private long at;
    private long next = -1;

    PageReader(ResultFilter filter, long from, int size) {
      this.filter = filter;
      this.at = from;
      this.size = size;
    }

    @Override
    public boolean take(FoundResult found) {
      if (filter.matches(found.result())) {
        if (results.size() == size) {
          next = at;
          return false;
        }
        results.add(found);
      }
      at++;
      return true;
    }

    Optional<Long> next() {
      return next < 0 ? Optional.empty() : Optional.of(next);
    }
  }
}
