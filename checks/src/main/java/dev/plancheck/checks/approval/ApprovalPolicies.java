// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.ApiException;
import java.util.List;

/// The port to where the approval policies of projects are kept: every version that there was, none
/// of them ever changed.
public interface ApprovalPolicies {
  /// The project's present policy, [ApprovalPolicy#NONE] if it never had one. Throws [ApiException]
  /// NOT_FOUND for an unknown project.
  ApprovalPolicy get(String project);

  /// Makes `policy` the present one if that still has the hash `expected`. Throws [ApiException]:
  /// NOT_FOUND for an unknown project, ABORTED for another hash.
  ApprovalPolicyVersion replace(
      String project, String expected, ApprovalPolicy policy, String actor);

  /// At most `limit` versions, the newest first.
  List<ApprovalPolicyVersion> history(String project, int limit);

  /// The refusal to replace what somebody else has replaced.
  static ApiException stale(String project, String expected, String actual) {
    return ApiException.aborted(
        "the approval policy of projects/%s has etag %s by now (expected: %s, what you read; read it again)"
            .formatted(project, actual, expected));
  }
}
