// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.engine.review.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the plan's record holds of one virtual run, gathered while the results go by: a few bits,
/// and the results themselves only where they are asked for. Two specs with one sheet and one
/// database are one virtual run, which waits for both.
final class Gathered {
  /// More causes say no more.
  private static final int MOST_CAUSES = 5;

  private static final class Part {
    private final CheckTarget target;
    private boolean answered;

    Part(CheckTarget target) {
      this.target = target;
    }
  }

  private final List<Part> parts = new ArrayList<>(1);
  private final Set<Status> statuses = EnumSet.noneOf(Status.class);
  private final Set<String> causes = new LinkedHashSet<>(0);
  private final @Nullable List<Result> results;
  private @Nullable Instant keptFrom;

  private Gathered(@Nullable List<Result> results) {
    this.results = results;
  }

  static Gathered bits() {
    return new Gathered(null);
  }

  static Gathered results() {
    return new Gathered(new ArrayList<>());
  }

  void expect(CheckTarget target) {
    parts.add(new Part(target));
  }

  /// Whether it was taken: what an earlier attempt said is taken only where it is kept.
  boolean add(FoundResult found) {
    var result = found.result();
    for (var part : parts) {
      if (part.target.spec().equals(result.spec()) && !part.target.sampledOut()) {
        if (found.previous() && !part.target.kept()) {
          return false;
        }
        part.answered = true;
        if (part.target.kept()) {
          keptFrom = found.checkedAt();
        }
        take(result);
        return true;
      }
    }
    return false;
  }

  private void take(Result result) {
    if (result.outcome() == Outcome.PERFORMED) {
      statuses.add(result.finding().status());
    } else if (causes.size() < MOST_CAUSES) {
      causes.add(result.finding().content());
    }
    if (results != null) {
      results.add(result);
    }
  }

  /// Whether nothing of it was chosen for checking.
  boolean isSampledOut() {
    return parts.stream().allMatch(part -> part.target.sampledOut());
  }

  /// Whether everything of it that is checked has results.
  boolean isAnswered() {
    return parts.stream().allMatch(part -> part.answered || part.target.sampledOut());
  }

  /// Of the results of checks that were performed.
  Set<Status> statuses() {
    return statuses;
  }

  /// Why checks of it were not performed; empty if all were.
  String causes() {
    return String.join("; ", causes);
  }

  boolean isPerformed() {
    return causes.isEmpty();
  }

  /// When the attempt began whose results are kept; `otherwise` if they are new.
  Instant since(Instant otherwise) {
    return keptFrom == null || parts.stream().anyMatch(part -> !part.target.kept())
        ? otherwise
        : keptFrom;
  }

  boolean holdsResults() {
    return results != null;
  }

  List<Result> found() {
    return results == null ? List.of() : results;
  }
}
