// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.policy.PolicyScope;
import dev.plancheck.checks.policy.PolicyText;
import dev.plancheck.checks.policy.ReviewPolicies.Draft;
import dev.plancheck.checks.policy.ReviewPolicy;

/// Between review policies and their messages.
public final class ReviewPolicyMapping {
  private ReviewPolicyMapping() {}

  public static Draft fromProto(
      String id, dev.plancheck.api.v1.ReviewPolicy message, String actor) {
    var project = message.getProject();
    var environment = message.getEnvironment();
    return new Draft(
        id,
        Text.check("policy.title", message.getTitle()),
        new PolicyScope(
            project.isEmpty() ? null : Names.projectId(project),
            environment.isEmpty() ? null : Names.environmentId(environment)),
        PolicyText.of(Text.check("policy.text", message.getText())),
        actor);
  }

  public static dev.plancheck.api.v1.ReviewPolicy toProto(ReviewPolicy policy) {
    var scope = policy.scope();
    return dev.plancheck.api.v1.ReviewPolicy.newBuilder()
        .setName(ReviewPolicy.name(policy.id()))
        .setTitle(policy.title())
        .setText(policy.text().text())
        .setHash(policy.text().hash())
        .setProject(scope.project() == null ? "" : Names.project(scope.project()))
        .setEnvironment(scope.environment() == null ? "" : Environment.name(scope.environment()))
        .setUpdater(policy.updatedBy())
        .setCreateTime(ToProto.time(policy.createdAt()))
        .setUpdateTime(ToProto.time(policy.updatedAt()))
        .setEtag(etag(policy))
        .build();
  }

  /// Of this very version: a policy that was deleted and created anew has another one.
  public static String etag(ReviewPolicy policy) {
    return "%d-%d".formatted(policy.version(), policy.createdAt().toEpochMilli());
  }
}
