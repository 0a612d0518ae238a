// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.access;

import static dev.plancheck.checks.access.Permission.EDIT_PLAN;
import static dev.plancheck.checks.access.Permission.MANAGE_PROJECT;
import static dev.plancheck.checks.access.Permission.OVERRIDE_GATE;
import static dev.plancheck.checks.access.Permission.READ;
import static dev.plancheck.checks.access.Permission.ROLL_OUT;
import static dev.plancheck.checks.access.Permission.RUN_CHECKS;

import dev.plancheck.api.v1.ApprovalServiceGrpc;
import dev.plancheck.api.v1.DatabaseGroupServiceGrpc;
import dev.plancheck.api.v1.DatabaseServiceGrpc;
import dev.plancheck.api.v1.EnvironmentServiceGrpc;
import dev.plancheck.api.v1.GateServiceGrpc;
import dev.plancheck.api.v1.InstanceServiceGrpc;
import dev.plancheck.api.v1.LegacyPlanCheckRunServiceGrpc;
import dev.plancheck.api.v1.PlanServiceGrpc;
import dev.plancheck.api.v1.ProjectServiceGrpc;
import dev.plancheck.api.v1.ReleaseServiceGrpc;
import dev.plancheck.api.v1.ReviewPolicyServiceGrpc;
import dev.plancheck.api.v1.RolloutServiceGrpc;
import dev.plancheck.api.v1.RuleServiceGrpc;
import dev.plancheck.api.v1.SheetServiceGrpc;
import dev.plancheck.api.v1.UserServiceGrpc;
import dev.plancheck.api.v1.WebhookServiceGrpc;
import dev.plancheck.checks.access.Permission;
import dev.plancheck.server.access.AccessRule.InProject;
import dev.plancheck.server.access.AccessRule.InWorkspace;
import dev.plancheck.server.access.AccessRule.Known;
import dev.plancheck.server.access.AccessRule.Own;
import io.grpc.MethodDescriptor;
import java.util.Map;

/// The table: every method of every service, and who may call it. A method that is not here cannot
/// be called at all.
final class AccessRules {
  private static final AccessRule KNOWN = new Known();
  private static final AccessRule ADMIN = new InWorkspace();

  static final Map<String, AccessRule> TABLE =
      Map.ofEntries(
          row(ProjectServiceGrpc.getCreateProjectMethod(), ADMIN),
          row(ProjectServiceGrpc.getGetProjectMethod(), in("name", READ)),
          row(ProjectServiceGrpc.getListProjectsMethod(), KNOWN),
          row(ProjectServiceGrpc.getUpdateProjectMethod(), in("project.name", MANAGE_PROJECT)),
          row(SheetServiceGrpc.getCreateSheetMethod(), in("parent", EDIT_PLAN)),
          row(SheetServiceGrpc.getGetSheetMethod(), in("name", READ)),
          row(PlanServiceGrpc.getCreatePlanMethod(), in("parent", EDIT_PLAN)),
          row(PlanServiceGrpc.getGetPlanMethod(), in("name", READ)),
          row(PlanServiceGrpc.getListPlansMethod(), in("parent", READ)),
          row(PlanServiceGrpc.getUpdatePlanMethod(), in("plan.name", EDIT_PLAN)),
          row(PlanServiceGrpc.getRunPlanChecksMethod(), in("name", RUN_CHECKS)),
          row(PlanServiceGrpc.getCancelPlanCheckRunMethod(), in("name", RUN_CHECKS)),
          row(PlanServiceGrpc.getGetPlanCheckRunMethod(), in("name", READ)),
          row(PlanServiceGrpc.getListPlanCheckRunsMethod(), in("parent", READ)),
          row(PlanServiceGrpc.getListPlanCheckRunResultsMethod(), in("parent", READ)),
          row(PlanServiceGrpc.getListPlanCheckRunEventsMethod(), in("parent", READ)),
          row(PlanServiceGrpc.getWatchPlanCheckRunMethod(), in("name", READ)),
          row(LegacyPlanCheckRunServiceGrpc.getListPlanCheckRunsMethod(), in("parent", READ)),
          row(LegacyPlanCheckRunServiceGrpc.getGetPlanCheckRunMethod(), in("name", READ)),
          row(
              LegacyPlanCheckRunServiceGrpc.getBatchCancelPlanCheckRunsMethod(),
              in("parent", RUN_CHECKS)),
          row(EnvironmentServiceGrpc.getCreateEnvironmentMethod(), ADMIN),
          row(EnvironmentServiceGrpc.getGetEnvironmentMethod(), KNOWN),
          row(EnvironmentServiceGrpc.getListEnvironmentsMethod(), KNOWN),
          row(EnvironmentServiceGrpc.getUpdateEnvironmentMethod(), ADMIN),
          row(EnvironmentServiceGrpc.getDeleteEnvironmentMethod(), ADMIN),
          row(EnvironmentServiceGrpc.getReorderEnvironmentsMethod(), ADMIN),
          row(
              DatabaseGroupServiceGrpc.getCreateDatabaseGroupMethod(),
              in("parent", MANAGE_PROJECT)),
          row(DatabaseGroupServiceGrpc.getGetDatabaseGroupMethod(), in("name", READ)),
          row(DatabaseGroupServiceGrpc.getListDatabaseGroupsMethod(), in("parent", READ)),
          row(
              DatabaseGroupServiceGrpc.getUpdateDatabaseGroupMethod(),
              in("group.name", MANAGE_PROJECT)),
          row(DatabaseGroupServiceGrpc.getDeleteDatabaseGroupMethod(), in("name", MANAGE_PROJECT)),
          row(DatabaseGroupServiceGrpc.getListMatchedDatabasesMethod(), in("parent", READ)),
          row(ReleaseServiceGrpc.getCreateReleaseMethod(), in("parent", EDIT_PLAN)),
          row(ReleaseServiceGrpc.getGetReleaseMethod(), in("name", READ)),
          row(ReleaseServiceGrpc.getListReleasesMethod(), in("parent", READ)),
          row(ApprovalServiceGrpc.getGetApprovalMethod(), in("name", READ)),
          row(ApprovalServiceGrpc.getApprovePlanMethod(), in("name", READ)),
          row(ApprovalServiceGrpc.getRejectPlanMethod(), in("name", READ)),
          row(ApprovalServiceGrpc.getRequestApprovalAgainMethod(), in("name", READ)),
          row(ApprovalServiceGrpc.getGetApprovalPolicyMethod(), in("name", READ)),
          row(
              ApprovalServiceGrpc.getUpdateApprovalPolicyMethod(),
              in("policy.name", MANAGE_PROJECT)),
          row(GateServiceGrpc.getEvaluateGateMethod(), in("name", READ)),
          row(GateServiceGrpc.getOverrideGateMethod(), in("name", OVERRIDE_GATE)),
          row(GateServiceGrpc.getListGateOverridesMethod(), in("parent", READ)),
          row(RolloutServiceGrpc.getCreateRolloutMethod(), in("parent", ROLL_OUT)),
          row(RolloutServiceGrpc.getGetRolloutMethod(), in("name", READ)),
          row(RolloutServiceGrpc.getStartRolloutStageMethod(), in("name", ROLL_OUT)),
          row(RolloutServiceGrpc.getCancelRolloutMethod(), in("name", ROLL_OUT)),
          row(RolloutServiceGrpc.getListRolloutTasksMethod(), in("parent", READ)),
          row(RolloutServiceGrpc.getGetRolloutTaskMethod(), in("name", READ)),
          row(RolloutServiceGrpc.getRetryRolloutTasksMethod(), in("name", ROLL_OUT)),
          row(RolloutServiceGrpc.getSkipRolloutTasksMethod(), in("name", ROLL_OUT)),
          row(RolloutServiceGrpc.getResolveRolloutTaskMethod(), in("name", ROLL_OUT)),
          row(RolloutServiceGrpc.getGetAutomaticRolloutMethod(), in("name", READ)),
          row(RolloutServiceGrpc.getListDatabaseChangesMethod(), KNOWN),
          row(InstanceServiceGrpc.getCreateInstanceMethod(), ADMIN),
          row(InstanceServiceGrpc.getGetInstanceMethod(), KNOWN),
          row(InstanceServiceGrpc.getListInstancesMethod(), KNOWN),
          row(InstanceServiceGrpc.getUpdateInstanceMethod(), ADMIN),
          row(InstanceServiceGrpc.getDeleteInstanceMethod(), ADMIN),
          row(InstanceServiceGrpc.getSyncDatabasesMethod(), ADMIN),
          row(DatabaseServiceGrpc.getGetDatabaseMethod(), KNOWN),
          row(DatabaseServiceGrpc.getListDatabasesMethod(), KNOWN),
          row(DatabaseServiceGrpc.getUpdateDatabaseMethod(), ADMIN),
          row(RuleServiceGrpc.getGetRuleMethod(), KNOWN),
          row(RuleServiceGrpc.getListRulesMethod(), KNOWN),
          row(ReviewPolicyServiceGrpc.getCreateReviewPolicyMethod(), ADMIN),
          row(ReviewPolicyServiceGrpc.getGetReviewPolicyMethod(), KNOWN),
          row(ReviewPolicyServiceGrpc.getListReviewPoliciesMethod(), KNOWN),
          row(ReviewPolicyServiceGrpc.getUpdateReviewPolicyMethod(), ADMIN),
          row(ReviewPolicyServiceGrpc.getDeleteReviewPolicyMethod(), ADMIN),
          row(WebhookServiceGrpc.getCreateWebhookMethod(), in("parent", MANAGE_PROJECT)),
          row(WebhookServiceGrpc.getGetWebhookMethod(), in("name", MANAGE_PROJECT)),
          row(WebhookServiceGrpc.getListWebhooksMethod(), in("parent", MANAGE_PROJECT)),
          row(WebhookServiceGrpc.getUpdateWebhookMethod(), in("webhook.name", MANAGE_PROJECT)),
          row(WebhookServiceGrpc.getDeleteWebhookMethod(), in("name", MANAGE_PROJECT)),
          row(WebhookServiceGrpc.getListWebhookDeliveriesMethod(), in("parent", MANAGE_PROJECT)),
          row(UserServiceGrpc.getCreateUserMethod(), ADMIN),
          row(UserServiceGrpc.getGetUserMethod(), KNOWN),
          row(UserServiceGrpc.getListUsersMethod(), KNOWN),
          row(UserServiceGrpc.getDeleteUserMethod(), ADMIN),
          row(UserServiceGrpc.getGrantRoleMethod(), in("project", MANAGE_PROJECT)),
          row(UserServiceGrpc.getRevokeRoleMethod(), in("project", MANAGE_PROJECT)),
          row(UserServiceGrpc.getCreateTokenMethod(), ADMIN),
          row(UserServiceGrpc.getListTokensMethod(), new Own("parent")),
          row(UserServiceGrpc.getRevokeTokenMethod(), new Own("name")),
          row(UserServiceGrpc.getGetCallerMethod(), KNOWN),
          row(UserServiceGrpc.getListAccessEventsMethod(), ADMIN));

  private AccessRules() {}

  static AccessRule of(String method) {
    var rule = TABLE.get(method);
    if (rule == null) {
      throw new IllegalStateException(
          "%s has no row in AccessRules (expected: one that says who may call it)"
              .formatted(method));
    }
    return rule;
  }

  private static AccessRule in(String field, Permission permission) {
    return new InProject(permission, field);
  }

  private static Map.Entry<String, AccessRule> row(MethodDescriptor<?, ?> method, AccessRule rule) {
    return Map.entry(method.getFullMethodName(), rule);
  }
}
