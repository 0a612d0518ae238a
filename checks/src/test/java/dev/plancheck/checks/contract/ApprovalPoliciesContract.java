// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.approval.ApprovalPolicy;
import dev.plancheck.checks.approval.ApprovalTemplate;
import dev.plancheck.checks.approval.Risk;
import dev.plancheck.checks.approval.RiskRule;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [dev.plancheck.checks.approval.ApprovalPolicies] does.
public abstract class ApprovalPoliciesContract extends StorageContract {
  private static final String NONE = ApprovalPolicy.NONE.hash();

  @BeforeEach
  void createProjects() {
    ports().projects().create(Samples.project("shop"));
    ports().projects().create(Samples.project("other"));
  }

  @Test
  void beginsWithoutOne() {
    assertThat(ports().approvalPolicies().get("shop")).isEqualTo(ApprovalPolicy.NONE);
    assertThat(ports().approvalPolicies().history("shop", 10)).isEmpty();
  }

  @Test
  void keepsEveryVersion() {
    var before = Instant.now().minusSeconds(60);
    var first =
        ports().approvalPolicies().replace("shop", NONE, policy("first é \0 \\"), "users/a");
    var second =
        ports()
            .approvalPolicies()
            .replace("shop", first.policy().hash(), policy("second"), "users/b");

    assertThat(ports().approvalPolicies().get("shop")).isEqualTo(policy("second"));
    assertThat(ports().approvalPolicies().get("other")).isEqualTo(ApprovalPolicy.NONE);
    assertThat(ports().approvalPolicies().history("shop", 10)).containsExactly(second, first);
    assertThat(ports().approvalPolicies().history("shop", 1)).containsExactly(second);
    assertThat(first.policy()).isEqualTo(policy("first é \0 \\"));
    assertThat(first.actor()).isEqualTo("users/a");
    assertThat(first.at()).isAfter(before);
  }

  @Test
  void refusesToReplaceWhatSomebodyElseReplaced() {
    var _ = ports().approvalPolicies().replace("shop", NONE, policy("first"), "users/a");

    assertRefused(
        Code.ABORTED,
        () -> ports().approvalPolicies().replace("shop", NONE, policy("lost"), "users/b"));
    assertThat(ports().approvalPolicies().get("shop")).isEqualTo(policy("first"));
  }

  @Test
  void letsOneOfManyWritersWin() throws InterruptedException {
    var won = new AtomicInteger();
    Parallel.run(
        8,
        number -> {
          try {
            var _ =
                ports().approvalPolicies().replace("shop", NONE, policy("of " + number), "users/a");
            won.incrementAndGet();
          } catch (ApiException e) {
            assertThat(e.code()).isEqualTo(Code.ABORTED);
          }
        });

    assertThat(won).hasValue(1);
  }

  @Test
  void refusesAnUnknownProject() {
    assertRefused(Code.NOT_FOUND, () -> ports().approvalPolicies().get("none"));
    assertRefused(
        Code.NOT_FOUND,
        () -> ports().approvalPolicies().replace("none", NONE, policy("x"), "users/a"));
  }

  private static ApprovalPolicy policy(String title) {
    return new ApprovalPolicy(
        List.of(
            new RiskRule(title, "statement.sql_type == 'UPDATE'", Risk.HIGH),
            new RiskRule("second", "true", Risk.LOW),
            new RiskRule("third", "false", Risk.MODERATE)),
        ApprovalTemplate.NOBODY,
        new ApprovalTemplate("One", List.of("DBA")),
        new ApprovalTemplate("Two é", List.of("DBA", "OWNER", "DBA")));
  }
}
