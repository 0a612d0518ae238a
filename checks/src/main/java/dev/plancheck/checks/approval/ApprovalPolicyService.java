// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.cache.LatestUsed;
import java.util.List;
import java.util.Map;

/// Writes approval policies whose conditions hold what they promise, and hands them out compiled.
public final class ApprovalPolicyService {
  private static final int REMEMBERED = 100;

  private final ApprovalPolicies policies;
  private final Map<String, CompiledPolicy> compiled = new LatestUsed<>(REMEMBERED);

  public ApprovalPolicyService(ApprovalPolicies policies) {
    this.policies = policies;
  }

  /// Throws [ApiException] NOT_FOUND for an unknown project.
  public ApprovalPolicy get(String project) {
    return policies.get(project);
  }

  /// At most `limit` versions, the newest first.
  public List<ApprovalPolicyVersion> history(String project, int limit) {
    return policies.history(project, limit);
  }

  /// Replaces the policy that has the hash `expected`. Throws [ApiException]: INVALID_ARGUMENT with
  /// the field, and line and column in a condition; NOT_FOUND for an unknown project; ABORTED when
  /// the present policy has another hash.
  public ApprovalPolicy replace(
      String project, String expected, ApprovalPolicy policy, String actor) {
    var ready = CompiledPolicy.of(policy);
    var stored = policies.replace(project, expected, policy, actor).policy();
    remember(stored.hash(), ready);
    return stored;
  }

  /// Throws [ApiException] FAILED_PRECONDITION for a policy that this version does not take any
  /// more.
  CompiledPolicy compiled(String project, ApprovalPolicy policy, String hash) {
    synchronized (compiled) {
      var known = compiled.get(hash);
      if (known != null) {
        return known;
      }
    }
    try {
      var ready = CompiledPolicy.of(policy);
      remember(hash, ready);
      return ready;
    } catch (ApiException e) {
      throw ApiException.failedPrecondition(
          "the approval policy of projects/%s is not taken any more: %s; write it again"
              .formatted(project, e.getMessage()));
    }
  }

  private void remember(String hash, CompiledPolicy ready) {
    synchronized (compiled) {
      compiled.put(hash, ready);
    }
  }
}
