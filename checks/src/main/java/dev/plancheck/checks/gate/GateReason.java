// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Staleness;

/// Why a gate is shut. Two reasons are the same if their kinds and words are.
public sealed interface GateReason {
  Kind kind();

  /// For people: `3 results are errors (expected: none)`.
  String words();

  /// The kinds of reasons. One that is `overridable` is a judgement, which a person may take over;
  /// the others say that there is nothing to judge. One that is `passing` ends without anybody's
  /// doing.
  enum Kind {
    MATCHES_NOTHING(false, false),
    NOT_PLANNABLE(false, false),
    NEVER_CHECKED(false, false),
    QUEUED(false, true),
    RUNNING(false, true),
    FAILED(true, false),
    CANCELED(true, false),
    INCOMPLETE(true, false),
    STALE(true, false),
    ERRORS(true, false),
    NOT_APPROVED(true, false);

    private final boolean overridable;
    private final boolean passing;

    Kind(boolean overridable, boolean passing) {
      this.overridable = overridable;
      this.passing = passing;
    }

    public boolean isOverridable() {
      return overridable;
    }

    public boolean isPassing() {
      return passing;
    }
  }

  /// A change that would reach no database.
  record MatchesNothing(String spec) implements GateReason {
    @Override
    public Kind kind() {
      return Kind.MATCHES_NOTHING;
    }

    @Override
    public String words() {
      return "spec %s matches no database".formatted(spec);
    }
  }

  /// The plan as it is now cannot be turned into checks: it names what does not exist any more.
  record NotPlannable(String why) implements GateReason {
    @Override
    public Kind kind() {
      return Kind.NOT_PLANNABLE;
    }

    @Override
    public String words() {
      return "the plan cannot be checked: " + why;
    }
  }

  record NeverChecked() implements GateReason {
    @Override
    public Kind kind() {
      return Kind.NEVER_CHECKED;
    }

    @Override
    public String words() {
      return "the plan was never checked (expected: a run of its checks that is done)";
    }
  }

  /// QUEUED or RUNNING.
  record NotFinished(RunStatus status, int done, int targets) implements GateReason {
    @Override
    public Kind kind() {
      return status == RunStatus.QUEUED ? Kind.QUEUED : Kind.RUNNING;
    }

    @Override
    public String words() {
      return "the checks are %s (%d of %d databases)".formatted(status, done, targets);
    }
  }

  record Failed(String error) implements GateReason {
    @Override
    public Kind kind() {
      return Kind.FAILED;
    }

    @Override
    public String words() {
      return "the checks failed: " + error;
    }
  }

  record Canceled(int done, int targets) implements GateReason {
    @Override
    public Kind kind() {
      return Kind.CANCELED;
    }

    @Override
    public String words() {
      return "the checks were canceled (%d of %d databases)".formatted(done, targets);
    }
  }

  /// A run that is DONE, with checks that could not be made.
  record Incomplete(int notPerformed) implements GateReason {
    @Override
    public Kind kind() {
      return Kind.INCOMPLETE;
    }

    @Override
    public String words() {
      return "%d %s could not be performed"
          .formatted(notPerformed, notPerformed == 1 ? "check" : "checks");
    }
  }

  record Stale(Staleness why) implements GateReason {
    @Override
    public Kind kind() {
      return Kind.STALE;
    }

    @Override
    public String words() {
      return why.words();
    }
  }

  /// Only where the project lets no error pass.
  record Errors(int count) implements GateReason {
    @Override
    public Kind kind() {
      return Kind.ERRORS;
    }

    @Override
    public String words() {
      return "%d %s (expected: none, as the project asks)"
          .formatted(count, count == 1 ? "result is an error" : "results are errors");
    }
  }

  /// `why` says whose approval is missing, or what took it away.
  record NotApproved(String why) implements GateReason {
    @Override
    public Kind kind() {
      return Kind.NOT_APPROVED;
    }

    @Override
    public String words() {
      return why;
    }
  }
}
