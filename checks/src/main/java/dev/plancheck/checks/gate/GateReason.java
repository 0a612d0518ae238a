// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Staleness;
import java.util.Optional;

/// Why a gate is shut. Two reasons are the same if their kinds and words are.
public sealed interface GateReason {
  Kind kind();

  /// For people: `3 results are errors (expected: none)`.
  String words();

  /// The kinds of reasons.
  enum Kind {
    MATCHES_NOTHING(Cure.EDIT),
    NOT_PLANNABLE(Cure.EDIT),
    NEVER_CHECKED(Cure.CHECK),
    UNCHECKED(Cure.CHECK),
    QUEUED(Cure.TIME),
    RUNNING(Cure.TIME),
    FAILED(Cure.CHECK_OR_PERSON),
    CANCELED(Cure.CHECK_OR_PERSON),
    INCOMPLETE(Cure.CHECK_OR_PERSON),
    STALE(Cure.CHECK_OR_PERSON),
    OTHER_DIFFERENCE(Cure.EDIT),
    ERRORS(Cure.PERSON),
    NOT_APPROVED(Cure.PERSON);

    private enum Cure {
      EDIT,
      CHECK,
      TIME,
      CHECK_OR_PERSON,
      PERSON
    }

    private final Cure cure;

    Kind(Cure cure) {
      this.cure = cure;
    }

    /// Whether it is a judgement, which a person may take over; else there is nothing to judge.
    public boolean isOverridable() {
      return cure == Cure.PERSON || cure == Cure.CHECK_OR_PERSON;
    }

    /// Whether it ends without anybody's doing.
    public boolean isPassing() {
      return cure == Cure.TIME;
    }

    /// Whether a new check may take it away.
    public boolean isCuredByCheck() {
      return cure == Cure.CHECK || cure == Cure.CHECK_OR_PERSON;
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

  /// What a run's status says against whatever it checked: a run that failed or was canceled
  /// answers for nothing, whatever it found before. Empty for one that is DONE.
  static Optional<GateReason> ofStatus(PlanCheckRun run) {
    var counts = run.counts();
    return switch (run.status()) {
      case QUEUED, RUNNING ->
          Optional.of(new NotFinished(run.status(), counts.done(), counts.targets()));
      case FAILED -> Optional.of(new Failed(run.error()));
      case CANCELED -> Optional.of(new Canceled(counts.done(), counts.targets()));
      case DONE -> Optional.empty();
    };
  }

  /// A database of a plan that was checked, which itself was not: it was sampled out, or the plan's
  /// sheet is another.
  record Unchecked() implements GateReason {
    @Override
    public Kind kind() {
      return Kind.UNCHECKED;
    }

    @Override
    public String words() {
      return "this database was not checked";
    }
  }

  /// The statements that lead to a wanted schema are not those that a rollout has settled on: what
  /// it would run was made for another schema.
  record OtherDifference() implements GateReason {
    @Override
    public Kind kind() {
      return Kind.OTHER_DIFFERENCE;
    }

    @Override
    public String words() {
      return "the difference to the wanted schema is another one by now than that of the rollout"
          + " (expected: the same; leave the database out, and make another plan for it)";
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
