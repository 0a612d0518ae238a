// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import static dev.plancheck.checks.rollout.RolloutRig.staging;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.approval.ApprovalPolicy;
import dev.plancheck.checks.approval.ApprovalRequest;
import dev.plancheck.checks.approval.ApprovalTemplate;
import dev.plancheck.checks.approval.Decider;
import dev.plancheck.checks.plan.Project;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The manifest names what let it through.
final class ApprovedRolloutTest {
  private record Dba(String user) implements Decider {
    @Override
    public boolean hasRole(String role) {
      return role.equals("DBA");
    }
  }

  private final RolloutRig rig = new RolloutRig(Project.Settings.DEFAULT);

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void namesTheDecisionThatCompletedTheApproval() throws InterruptedException {
    var dba = new ApprovalTemplate("A DBA", List.of("DBA"));
    var policies = rig.decisions.approvalPolicies();
    policies.replace(
        "shop",
        ApprovalPolicy.NONE.hash(),
        new ApprovalPolicy(List.of(), dba, dba, dba),
        "users/admin");
    var plan = rig.checked(staging(0));
    var read = rig.decisions.approvals().get(plan);
    var approval =
        rig.decisions
            .approvals()
            .approve(
                plan,
                new ApprovalRequest(read.planVersion(), read.attempt(), read.digest(), ""),
                new Dba("users/kim"));

    assertThat(rig.create(plan, RolloutOptions.DEFAULT).source().approval())
        .isEqualTo(Long.toString(approval.decisions().getLast().id()));
  }

  @Test
  void namesNoneWhereNobodyHadToDecide() throws InterruptedException {
    var plan = rig.checked(staging(0));

    assertThat(rig.create(plan, RolloutOptions.DEFAULT).source().approval()).isNull();
  }
}
