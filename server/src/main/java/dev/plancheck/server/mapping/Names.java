// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.ReleaseName;
import java.util.List;

/// The resource names of the API. Their forms are constraints of the proto, checked before; what
/// reaches this class in another form is a bug.
public final class Names {
  /// In place of an id: of all of them.
  public static final String ANY = "-";

  private static final String RUN = "/planCheckRun";
  private static final String APPROVAL = "/approval";
  private static final String ROLLOUT = "/rollout";
  private static final String TASKS = "/tasks/";
  private static final String AUTOMATIC_ROLLOUT = "/automaticRollout";

  private Names() {}

  public static String project(String id) {
    return "projects/" + id;
  }

  /// The id in `projects/{project}` or in a longer name that begins so.
  public static String projectId(String name) {
    return part(name, "projects", 1);
  }

  /// The id in `users/{user}` or in a longer name that begins so.
  public static String userId(String name) {
    return part(name, "users", 1);
  }

  public static String tokenId(String name) {
    return part(name, "users", 3);
  }

  public static String instance(String id) {
    return "instances/" + id;
  }

  public static String instanceId(String name) {
    return part(name, "instances", 1);
  }

  public static String environmentId(String name) {
    return part(name, "environments", 1);
  }

  public static String reviewPolicyId(String name) {
    return part(name, "reviewPolicies", 1);
  }

  public static String rule(String id) {
    return "rules/" + id;
  }

  public static String ruleId(String name) {
    return part(name, "rules", 1);
  }

  public static String sheet(String project, String sha256) {
    return "projects/%s/sheets/%s".formatted(project, sha256);
  }

  public static String webhookId(String name) {
    return part(name, "projects", 3);
  }

  public static String sheetSha256(String name) {
    return part(name, "projects", 3);
  }

  public static PlanName plan(String name) {
    return PlanName.parse(name);
  }

  public static String run(PlanName plan) {
    return plan + RUN;
  }

  /// The plan whose run is called `name`.
  public static PlanName planOfRun(String name) {
    return planOf(name, RUN);
  }

  public static String approval(PlanName plan) {
    return plan + APPROVAL;
  }

  /// The plan whose approval is called `name`.
  public static PlanName planOfApproval(String name) {
    return planOf(name, APPROVAL);
  }

  public static String approvalPolicy(String project) {
    return project(project) + "/approvalPolicy";
  }

  private static PlanName planOf(String name, String end) {
    if (!name.endsWith(end)) {
      throw new IllegalArgumentException(
          "name: %s (expected: projects/{project}/plans/{number}%s)".formatted(name, end));
    }
    return PlanName.parse(name.substring(0, name.length() - end.length()));
  }

  public static String rollout(PlanName plan) {
    return plan + ROLLOUT;
  }

  /// The plan whose rollout is called `name`.
  public static PlanName planOfRollout(String name) {
    return planOf(name, ROLLOUT);
  }

  public static String task(PlanName plan, int number) {
    return plan + ROLLOUT + TASKS + number;
  }

  /// The plan whose rollout has the task called `name`.
  public static PlanName planOfTask(String name) {
    return planOf(name, ROLLOUT + TASKS + taskNumber(name));
  }

  public static int taskNumber(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('/') + 1));
  }

  public static String automaticRollout(PlanName plan) {
    return plan + AUTOMATIC_ROLLOUT;
  }

  public static PlanName planOfAutomaticRollout(String name) {
    return planOf(name, AUTOMATIC_ROLLOUT);
  }

  public static DatabaseName database(String name) {
    return DatabaseName.parse(name);
  }

  public static GroupName group(String name) {
    return GroupName.parse(name);
  }

  public static ReleaseName release(String name) {
    return ReleaseName.parse(name);
  }

  private static String part(String name, String collection, int index) {
    var parts = List.of(name.split("/", -1));
    if (parts.size() <= index || !parts.getFirst().equals(collection)) {
      throw new IllegalArgumentException("name: %s (expected: %s/…)".formatted(name, collection));
    }
    return parts.get(index);
  }
}
