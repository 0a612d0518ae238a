// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.policy.AppliedPolicies.Governing;
import dev.plancheck.checks.policy.PoliciesInForce.Ruling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PoliciesInForceTest {
  private final List<Ruling> rulings = new ArrayList<>();

  @Test
  void theMostSpecificPolicyGoverns() {
    assertThat(governing("production")).isEqualTo(Governing.own("own"));
    rule("all", null, null);
    assertThat(governing("production").policy()).isEqualTo("all");
    rule("production", null, "production");
    assertThat(governing("production").policy()).isEqualTo("production");
    rule("shop", "shop", null);
    assertThat(governing("production").policy()).isEqualTo("shop");
    rule("both", "shop", "production");
    assertThat(governing("production")).isEqualTo(new Governing("both", "hash of both"));
    assertThat(governing("staging").policy()).isEqualTo("shop");
  }

  @Test
  void othersDoNotGovern() {
    rule("other", "other", null);
    rule("other-production", "other", "production");
    rule("staging", null, "staging");
    assertThat(governing("production")).isEqualTo(Governing.own("own"));
  }

  @Test
  void databasesWithoutAnEnvironmentAreGovernedByWhatNamesNone() {
    rule("production", null, "production");
    assertThat(governing("")).isEqualTo(Governing.own("own"));
    rule("shop", "shop", null);
    assertThat(governing("").policy()).isEqualTo("shop");
  }

  @Test
  void theHashIsThatOfTheTextsAndNotOfNames() {
    rule("strict", null, "production");
    var before = now().over(List.of("production", "staging"));
    rulings.clear();
    rulings.add(new Ruling(new PolicyScope("shop", "production"), "renamed", "hash of strict"));

    assertThat(now().over(List.of("staging", "production", "staging")).hash())
        .isEqualTo(before.hash());
    assertThat(before.changedIn(now())).isEmpty();
    assertThat(now().over(List.of("production")).hash()).isNotEqualTo(before.hash());

    rulings.clear();
    assertThat(now().over(List.of("production", "staging")).hash()).isNotEqualTo(before.hash());
    assertThat(before.changedIn(now())).containsExactly("production");
  }

  private Governing governing(String environment) {
    return now().governing(environment);
  }

  private PoliciesInForce now() {
    return new PoliciesInForce("shop", rulings, "own");
  }

  private void rule(String id, @Nullable String project, @Nullable String environment) {
    rulings.add(new Ruling(new PolicyScope(project, environment), id, "hash of " + id));
  }
}
