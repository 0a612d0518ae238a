// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.legacy.LegacyState.OfPlan;
import dev.plancheck.checks.legacy.Reading.Place;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.Staleness;
import dev.plancheck.checks.run.Standing;
import dev.plancheck.checks.run.Standing.Planned;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What clients of the row-per-check model can ask of a plan's one run. Nothing is stored but
/// names; every answer is made from the record as it is.
public final class LegacyRunService {
  /// The most virtual runs in an answer that is not paged: 10,000 databases with every check.
  public static final int MOST_AT_ONCE = 30_000;

  /// How often a run that is started again meanwhile is read anew.
  private static final int TRIES = 3;

  /// What a page ended with. Runs that stop a plan come on the first pages, so that a client that
  /// reads one page only does not take a part for the whole: `clean` runs come last. `current` is
  /// whether the plan's run answered for the plan; all pages are of one answer to that.
  public record Cursor(int attempt, boolean current, boolean clean, long uid) {}

  /// `next` begins the next page; null on the last.
  public record LegacyPage(List<LegacyRun> runs, @Nullable Cursor next) {
    static final LegacyPage EMPTY = new LegacyPage(List.of(), null);

    public LegacyPage {
      runs = List.copyOf(runs);
    }
  }

  private final CheckPorts ports;
  private final RunService runs;

  public LegacyRunService(CheckPorts ports, RunService runs) {
    this.ports = ports;
    this.runs = runs;
  }

  /// Every virtual run that matches, by uid, ascending. Throws [ApiException]: NOT_FOUND for an
  /// unknown plan; FAILED_PRECONDITION for one that has checks and was never checked, or that
  /// matches no database, so that nobody takes an empty list for "nothing to check";
  /// RESOURCE_EXHAUSTED when there are too many for one answer; ABORTED when the plan is run again
  /// all the time.
  public List<LegacyRun> all(PlanName plan, LegacyFilter filter) {
    return settled(() -> {
      var reading = reading(plan).orElse(null);
      if (reading == null) {
        return List.<LegacyRun>of();
      }
      var found = reading.matching(filter).stream().map(Place::uid).toList();
      if (found.size() > MOST_AT_ONCE) {
        throw new ApiException(
            Code.RESOURCE_EXHAUSTED,
            "page_size",
            "%s has %d plan check runs, too many for one answer (expected: at most %d, or page_size)"
                .formatted(plan, found.size(), MOST_AT_ONCE));
      }
      return reading.runs(found, filter);
    });
  }

  /// At most `size` virtual runs that match, behind `after`. Throws [ApiException] as [#all], and
  /// ABORTED when the plan was edited or checked again since the page before.
  public LegacyPage page(PlanName plan, LegacyFilter filter, int size, @Nullable Cursor after) {
    return settled(() -> {
      var reading = reading(plan).orElse(null);
      return reading == null ? LegacyPage.EMPTY : page(reading, filter, size, after);
    });
  }

  private static LegacyPage page(
      Reading reading, LegacyFilter filter, int size, @Nullable Cursor after) {
    if (after != null
        && (after.attempt() != reading.attempt() || after.current() != reading.isCurrent())) {
      throw ApiException.aborted(
          "the plan was edited or checked again since that page: list from the first page");
    }
    var places =
        reading.matching(filter).stream()
            .filter(place -> after == null || place.isAfter(after))
            .sorted(Place.ORDER)
            .limit(size + 1L)
            .toList();
    var onPage = places.subList(0, Math.min(size, places.size()));
    var found = reading.runs(onPage.stream().map(Place::uid).toList(), filter);
    if (places.size() <= size) {
      return new LegacyPage(found, null);
    }
    var last = onPage.getLast();
    return new LegacyPage(
        found, new Cursor(reading.attempt(), reading.isCurrent(), last.clean(), last.uid().uid()));
  }

  /// Throws [ApiException]: NOT_FOUND, also for a run of a check that the plan does not make any
  /// more; ABORTED when the plan is run again all the time.
  public LegacyRun get(PlanName plan, long uid) {
    return settled(() -> {
      var named = ports.legacyUids().find(plan, Set.of(uid)).get(uid);
      return Optional.ofNullable(named)
          .flatMap(known -> readAll(plan, List.of(known)).stream().findFirst())
          .orElseThrow(() -> ApiException.notFound("%s/planCheckRuns/%d".formatted(plan, uid)));
    });
  }

  /// Cancels the plan's whole run for `actor`, whichever of its virtual runs are named. As old
  /// servers did, it passes over uids that are none of this plan, and refuses all if one is not
  /// RUNNING. Throws [ApiException]: NOT_FOUND for an unknown plan; INVALID_ARGUMENT for a virtual
  /// run that is not RUNNING.
  public void cancel(PlanName plan, List<Long> uids, String actor) {
    if (ports.plans().get(plan).isEmpty()) {
      throw ApiException.notFound(plan.toString());
    }
    var known = ports.legacyUids().find(plan, new HashSet<>(uids));
    var listed = known.values().stream().distinct().toList();
    var found = listed.isEmpty() ? List.<LegacyRun>of() : settled(() -> readAll(plan, listed));
    found.forEach(LegacyRunService::requireRunning);
    if (!found.isEmpty()) {
      cancel(plan, found.getFirst(), actor);
    }
  }

  private List<LegacyRun> readAll(PlanName plan, List<LegacyUid> uids) {
    return reading(plan).map(reading -> reading.runs(uids, LegacyFilter.ALL)).orElse(List.of());
  }

  private void cancel(PlanName plan, LegacyRun one, String actor) {
    try {
      var _ = runs.cancel(plan, actor);
    } catch (ApiException e) {
      if (e.code() == Code.FAILED_PRECONDITION) {
        throw notRunning(one, "over by now");
      }
      throw e;
    }
  }

  private static void requireRunning(LegacyRun run) {
    if (run.status() != LegacyStatus.RUNNING) {
      throw notRunning(run, run.status().toString());
    }
  }

  private static ApiException notRunning(LegacyRun run, String instead) {
    return ApiException.invalid(
        "plan_check_runs",
        "%s/planCheckRuns/%d is %s (expected: RUNNING)".formatted(run.plan(), run.uid(), instead));
  }

  /// Empty for a plan that has nothing to check, and had nothing when it was checked last.
  private Optional<Reading> reading(PlanName plan) {
    var standing = runs.standing(plan);
    var run = standing.run();
    if (standing.planned() instanceof Planned.NothingToCheck
        && (run == null || run.planVersion() != standing.planVersion())) {
      return Optional.empty();
    }
    if (run == null) {
      throw neverChecked(plan, standing);
    }
    var words =
        standing.staleness().stream().map(Staleness::words).collect(Collectors.joining(", and "));
    var edited = run.planVersion() != standing.planVersion();
    return Optional.of(new Reading(ports, new OfPlan(run, words, edited)));
  }

  private static ApiException neverChecked(PlanName plan, Standing standing) {
    return ApiException.failedPrecondition(
        switch (standing.planned()) {
          case Planned.MatchesNothing(var spec) ->
              "spec %s of %s matches no database (expected: at least one)".formatted(spec, plan);
          case Planned.Impossible(var why) -> why;
          case Planned.NothingToCheck _, Planned.ToCheck _ ->
              "%s was never checked (expected: a run; start one with %s:runPlanChecks)"
                  .formatted(plan, plan);
        });
  }

  private static <T> T settled(Supplier<T> work) {
    for (var attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (Reading.ChangedException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }
}
