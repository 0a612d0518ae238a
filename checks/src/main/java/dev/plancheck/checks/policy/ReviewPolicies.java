// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.checks.ApiException;
import java.util.List;
import java.util.Optional;

/// The port to where policies are kept, and every text that one of them ever had: what a run was
/// made for stays readable.
public interface ReviewPolicies {
  /// What is to be stored. `actor` asks for it.
  record Draft(String id, String title, PolicyScope scope, PolicyText text, String actor) {}

  /// Throws [ApiException]: ALREADY_EXISTS for an id or a scope that is taken; INVALID_ARGUMENT for
  /// a project or an environment that does not exist.
  ReviewPolicy create(Draft draft);

  Optional<ReviewPolicy> get(String id);

  /// By id, behind `afterId`.
  List<ReviewPolicy> list(int limit, String afterId);

  /// Replaces title and text if the policy is still of this version; its scope stays. Throws
  /// [ApiException]: NOT_FOUND, ABORTED for another version.
  ReviewPolicy update(Draft draft, int version);

  /// Its texts stay. Throws [ApiException] NOT_FOUND.
  void delete(String id);

  /// Every policy that may govern a database of the project, in no order.
  List<PoliciesInForce.Ruling> inForce(String project);

  /// Stores a text under its hash.
  void keep(PolicyText text);

  /// A text that was ever stored.
  Optional<PolicyText> text(String hash);
}
