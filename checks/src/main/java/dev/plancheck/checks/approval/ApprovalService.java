// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.approval.Approval.State;
import dev.plancheck.checks.approval.ApprovalDecision.Kind;
import dev.plancheck.checks.gate.ApprovalQuestion;
import dev.plancheck.checks.gate.ApprovalState;
import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.gate.GateAnswer;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.GateTask;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.notice.Notices;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunService;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides on plans, and answers the gate. It is decided only what the gate lets through for that
/// purpose, and only by those who have read what is there at that moment.
public final class ApprovalService implements ApprovalQuestion {
  private static final Logger LOG = LoggerFactory.getLogger(ApprovalService.class);
  private static final int LONGEST_COMMENT = 2000;
  private static final int MOST_DECISIONS = 1000;

  private final ApprovalRecords records;
  private final ApprovalReader reader;
  private final Gate gate;
  private final ApprovalNews news;

  /// `gate` is asked for [Purpose#APPROVAL] only.
  public ApprovalService(
      CheckPorts ports,
      ApprovalPolicyService policies,
      ApprovalRecords records,
      RunService runs,
      Gate gate,
      Notices notices) {
    this.records = records;
    this.reader = new ApprovalReader(ports, policies, records, runs);
    this.gate = gate;
    this.news = new ApprovalNews(notices);
  }

  @Override
  public ApprovalState state(PlanName plan, GateAnswer.Seen seen) {
    Approval approval;
    try {
      approval = get(plan);
    } catch (ApiException e) {
      return missing(e);
    }
    if (!approval.isGiven()) {
      return new ApprovalState.Missing(approval.words());
    }
    // Without an assessment nobody has to approve, whatever the plan is.
    var sees =
        approval.assessment() == null
            || (approval.planVersion() == seen.planVersion()
                && approval.attempt() == seen.attempt());
    return sees
        ? new ApprovalState.Given(approval.completedBy())
        : new ApprovalState.Missing("the plan is edited or checked at this moment; ask again");
  }

  @Override
  public ApprovalState state(PlanName plan, GateAnswer.Seen seen, Collection<GateTask> underWay) {
    try {
      return reader.underWay(plan, underWay);
    } catch (ApiException e) {
      return missing(e);
    }
  }

  /// What may pass by itself, or by another policy, is missing for now.
  private static ApprovalState missing(ApiException refusal) {
    if (refusal.code() == Code.ABORTED || refusal.code() == Code.FAILED_PRECONDITION) {
      return new ApprovalState.Missing(String.valueOf(refusal.getMessage()));
    }
    throw refusal;
  }

  /// How the plan's approval stands. Throws [ApiException]: NOT_FOUND for an unknown plan, ABORTED
  /// when it changes while it is looked at, FAILED_PRECONDITION for an approval policy that this
  /// version does not take.
  public Approval get(PlanName plan) {
    return reader.read(plan).approval();
  }

  /// Approves the step that waits. Throws [ApiException]: as [#get]; FAILED_PRECONDITION while the
  /// gate is shut for approvals, or when nothing waits; PERMISSION_DENIED without the step's role,
  /// and, unless the project allows self approval, for authors of the plan and for whoever approved
  /// another step; ABORTED when the plan, its checks or its approval are not what the decider read.
  public Approval approve(PlanName plan, ApprovalRequest request, Decider decider) {
    checkComment(request.comment(), 0);
    var now = waiting(plan, request, decider);
    if (!now.settings().allowSelfApproval()) {
      requireOtherEyes(now, decider);
    }
    return decided(now, Kind.APPROVED, request, decider);
  }

  /// Rejects the plan as it is, with a comment. Throws [ApiException] as [#approve], but authors
  /// may reject; INVALID_ARGUMENT without a comment.
  public Approval reject(PlanName plan, ApprovalRequest request, Decider decider) {
    checkComment(request.comment(), 1);
    return decided(waiting(plan, request, decider), Kind.REJECTED, request, decider);
  }

  /// Asks everybody again after a rejection. Throws [ApiException]: as [#get]; FAILED_PRECONDITION
  /// for a plan that is not rejected; PERMISSION_DENIED for somebody who is no author of it;
  /// ABORTED when the plan, its checks or its approval are not what the author read.
  public Approval requestAgain(PlanName plan, ApprovalRequest request, Decider author) {
    checkComment(request.comment(), 0);
    var now = reader.read(plan);
    requireRead(now, request);
    if (now.approval().state() != State.REJECTED) {
      throw ApiException.failedPrecondition(
          "%s is not rejected: %s (expected: a rejected plan)"
              .formatted(plan, now.approval().words()));
    }
    if (!now.plan().authors().all().contains(author.user())) {
      throw denied(
          "%s is no author of %s (expected: %s)"
              .formatted(author.user(), plan, String.join(", ", now.plan().authors().all())));
    }
    return decided(now, Kind.REQUESTED, request, author);
  }

  private static void checkComment(String comment, int shortest) {
    if (comment.strip().length() < shortest || comment.length() > LONGEST_COMMENT) {
      throw ApiException.invalid(
          "comment",
          "comment: %d characters (expected: %d to %d)"
              .formatted(comment.strip().length(), shortest, LONGEST_COMMENT));
    }
  }

  /// The plan, if it waits for just this decider.
  private ApprovalCase waiting(PlanName plan, ApprovalRequest request, Decider decider) {
    requireOpen(plan);
    var now = reader.read(plan);
    requireRead(now, request);
    if (now.approval().state() != State.WAITING) {
      throw ApiException.failedPrecondition(
          "%s does not wait for an approval: %s".formatted(plan, now.approval().words()));
    }
    var step = now.progress().waiting();
    var role = now.progress().steps().get(step - 1).role();
    if (!decider.hasRole(role)) {
      throw denied(
          "%s has not the role %s (expected: for step %d of %d)"
              .formatted(decider.user(), role, step, now.progress().steps().size()));
    }
    return now;
  }

  private void requireOpen(PlanName plan) {
    var answer = gate.evaluate(plan, Purpose.APPROVAL);
    if (!answer.isOpen()) {
      throw ApiException.failedPrecondition(
          "%s cannot be decided on: %s"
              .formatted(
                  plan,
                  answer.reasons().stream()
                      .map(GateReason::words)
                      .collect(Collectors.joining("; "))));
    }
  }

  private static void requireRead(ApprovalCase now, ApprovalRequest request) {
    var approval = now.approval();
    if (now.binding() == null) {
      throw ApiException.failedPrecondition(
          "%s cannot be decided on: %s".formatted(approval.plan(), approval.words()));
    }
    if (request.planVersion() != approval.planVersion()
        || request.attempt() != approval.attempt()
        || !request.digest().equals(approval.digest())) {
      throw ApiException.aborted(
          "%s is not what was read: it has version %d, attempt %d and digest %s by now (expected: %d, %d and %s; read the approval again)"
              .formatted(
                  approval.plan(),
                  approval.planVersion(),
                  approval.attempt(),
                  approval.digest(),
                  request.planVersion(),
                  request.attempt(),
                  request.digest()));
    }
  }

  private static void requireOtherEyes(ApprovalCase now, Decider decider) {
    if (now.plan().authors().all().contains(decider.user())) {
      throw denied(
          "%s wrote %s (expected: somebody else approves it, as the project allows no self approval)"
              .formatted(decider.user(), now.approval().plan()));
    }
    if (now.progress().hasApproved(decider.user())) {
      throw denied(
          "%s approved another step of %s (expected: each step by another person)"
              .formatted(decider.user(), now.approval().plan()));
    }
  }

  private static ApiException denied(String message) {
    return new ApiException(Code.PERMISSION_DENIED, message);
  }

  private Approval decided(ApprovalCase now, Kind kind, ApprovalRequest request, Decider decider) {
    var plan = now.approval().plan();
    if (now.approval().decisions().size() >= MOST_DECISIONS) {
      throw new ApiException(
          Code.RESOURCE_EXHAUSTED,
          "%s was decided on %d times (expected: fewer; make another plan)"
              .formatted(plan, MOST_DECISIONS));
    }
    var step = kind == Kind.REQUESTED ? 0 : now.progress().waiting();
    var _ =
        records.add(
            new ApprovalDecision(
                0,
                plan,
                kind,
                step,
                step == 0 ? "" : now.progress().steps().get(step - 1).role(),
                decider.user(),
                request.comment().strip(),
                Objects.requireNonNull(now.binding()),
                Instant.EPOCH),
            now.lastDecision());
    var decided = get(plan);
    news.tell(decided);
    return decided;
  }

  /// Tells who has to decide, if somebody can now: to be called when the plan's checks ended.
  public void tellWhoIsAsked(PlanName plan) {
    try {
      if (gate.evaluate(plan, Purpose.APPROVAL).isOpen()) {
        news.tell(get(plan));
      }
    } catch (ApiException e) {
      LOG.info("nobody is told of the approval of {}: {}", plan, e.getMessage());
    }
  }
}
