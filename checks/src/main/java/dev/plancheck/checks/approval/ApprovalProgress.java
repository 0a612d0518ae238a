// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.approval.Approval.State;
import dev.plancheck.checks.approval.ApprovalDecision.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How far the decisions about a plan go for what it is now: a pure function.
///
/// Decisions since the last request count. A rejection holds as long as the content is the one that
/// was rejected. An approval holds as long as the content is the same, the findings are, and the
/// risk is not higher; each holds for one step of its role. `lost` says why the last approval that
/// does not hold does not; null if there is none.
record ApprovalProgress(
    List<ApprovalStep> steps, @Nullable ApprovalDecision rejection, @Nullable String lost) {
  /// Of a comment, in the words of a state.
  private static final int LONGEST_QUOTE = 200;

  ApprovalProgress {
    steps = List.copyOf(steps);
  }

  static ApprovalProgress of(ApprovalBinding now, List<ApprovalDecision> log) {
    var rejection =
        lastRound(log)
            .filter(decision ->
                decision.kind() == Kind.REJECTED && now.hasContentOf(decision.binding()))
            .reduce((_, last) -> last)
            .orElse(null);
    return of(now.roles(), lastRound(log), then -> lost(now, then)).withRejection(rejection);
  }

  /// For changes of a rollout that is under way: it has settled on its databases, and its own
  /// checks stand in for the findings. What was asked when it was approved is enough.
  static ApprovalProgress underWay(ApprovalBinding now, List<ApprovalDecision> log) {
    Function<ApprovalBinding, @Nullable String> lost = then -> lostUnderWay(now, then);
    var asked =
        lastRound(log)
            .filter(decision ->
                decision.kind() == Kind.APPROVED && lost.apply(decision.binding()) == null)
            .reduce((_, last) -> last)
            .map(last -> last.binding().roles())
            .orElse(now.roles());
    return of(asked, lastRound(log), lost);
  }

  private static Stream<ApprovalDecision> lastRound(List<ApprovalDecision> log) {
    var from = 0;
    for (var index = 0; index < log.size(); index++) {
      if (log.get(index).kind() == Kind.REQUESTED) {
        from = index + 1;
      }
    }
    return log.subList(from, log.size()).stream();
  }

  private static ApprovalProgress of(
      List<String> roles,
      Stream<ApprovalDecision> round,
      Function<ApprovalBinding, @Nullable String> lost) {
    var holding = new ArrayList<ApprovalDecision>();
    String whyLost = null;
    for (var decision : round.toList()) {
      if (decision.kind() == Kind.APPROVED) {
        var why = lost.apply(decision.binding());
        if (why == null) {
          holding.add(decision);
        } else {
          whyLost = why;
        }
      }
    }
    return new ApprovalProgress(steps(roles, holding), null, whyLost);
  }

  private ApprovalProgress withRejection(@Nullable ApprovalDecision decision) {
    return new ApprovalProgress(steps, decision, lost);
  }

  private static List<ApprovalStep> steps(List<String> roles, List<ApprovalDecision> holding) {
    var left = new ArrayList<>(holding);
    var steps = new ArrayList<ApprovalStep>();
    for (var role : roles) {
      var found = left.stream().filter(decision -> decision.role().equals(role)).findFirst();
      found.ifPresent(left::remove);
      steps.add(new ApprovalStep(role, found.orElse(null)));
    }
    return steps;
  }

  private static @Nullable String lostUnderWay(ApprovalBinding now, ApprovalBinding then) {
    if (!now.specs().equals(then.specs())) {
      return "the plan was changed since it was approved (version %d, approved %d)"
          .formatted(now.planVersion(), then.planVersion());
    }
    return now.risk().isHigherThan(then.risk())
        ? "risk is %s now, approved as %s".formatted(now.risk(), then.risk())
        : null;
  }

  private static @Nullable String lost(ApprovalBinding now, ApprovalBinding then) {
    var why = lostUnderWay(now, then);
    if (why != null) {
      return why;
    }
    if (!now.targetsHash().equals(then.targetsHash())) {
      return "the plan's databases are not those that were approved";
    }
    return now.findingsDigest().equals(then.findingsDigest())
        ? null
        : "the findings are not those that were approved (attempt %d, approved %d)"
            .formatted(now.attempt(), then.attempt());
  }

  State state() {
    if (rejection != null) {
      return State.REJECTED;
    }
    if (steps.isEmpty()) {
      return State.NOT_NEEDED;
    }
    return waiting() == 0 ? State.APPROVED : State.WAITING;
  }

  boolean isGiven() {
    return rejection == null && waiting() == 0;
  }

  /// For people; `risk` is the present one.
  String words(Risk risk) {
    if (rejection != null) {
      return "rejected by %s: %s".formatted(rejection.actor(), quote(rejection.comment()));
    }
    if (steps.isEmpty()) {
      return "nobody has to approve at risk " + risk;
    }
    var waiting = waiting();
    if (waiting > 0) {
      var waits =
          "waits for role %s (step %d of %d)"
              .formatted(steps.get(waiting - 1).role(), waiting, steps.size());
      return lost == null ? waits : lost + "; " + waits;
    }
    return "approved by "
        + steps.stream()
            .map(step -> Objects.requireNonNull(step.decision()).actor())
            .distinct()
            .collect(Collectors.joining(", "));
  }

  private static String quote(String comment) {
    return comment.codePointCount(0, comment.length()) <= LONGEST_QUOTE
        ? comment
        : comment.substring(0, comment.offsetByCodePoints(0, LONGEST_QUOTE)) + "...";
  }

  /// The step that waits, counted from 1; 0 if none does.
  int waiting() {
    for (var index = 0; index < steps.size(); index++) {
      if (steps.get(index).decision() == null) {
        return index + 1;
      }
    }
    return 0;
  }

  /// Whether the user has approved a step.
  boolean hasApproved(String user) {
    return steps.stream()
        .map(ApprovalStep::decision)
        .anyMatch(decision ->
            decision != null && decision.kind() == Kind.APPROVED && decision.actor().equals(user));
  }
}
