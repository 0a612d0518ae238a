// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Violation;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.policy.ReviewPolicies.Draft;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyReading;
import dev.plancheck.engine.review.PolicyReading.Problem;
import dev.plancheck.engine.review.PolicyTerms;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyServiceTest {
  private final PolicyService service =
      new PolicyService(
          new Memory(InstantSource.system()).policies(),
          text ->
              text.startsWith("bad")
                  ? new PolicyReading.Refused(
                      List.of(new Problem(1, 2, "first"), new Problem(3, 4, "second")))
                  : new PolicyReading.Read(new PolicyTerms(Policy.of(List.of()))));

  @Test
  void storesNothingThatCannotBeRead() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> service.create(draft("bad")))
        .withMessage("policy.text: line 1:2: first\npolicy.text: line 3:4: second")
        .satisfies(refusal ->
            assertThat(refusal.violations())
                .containsExactly(
                    new Violation("policy.text", "line 1:2: first"),
                    new Violation("policy.text", "line 3:4: second")));
    assertThat(service.stored().get("one")).isEmpty();

    service.create(draft("good"));
    assertThatExceptionOfType(ApiException.class).isThrownBy(() -> service.update(draft("bad"), 1));
    assertThat(service.stored().get("one").orElseThrow().text().text()).isEqualTo("good");
  }

  @Test
  void textsHaveALongestLength() {
    service.create(draft("é".repeat(PolicyText.LONGEST / 2)));

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> service.update(draft("é".repeat(PolicyText.LONGEST / 2) + "x"), 1))
        .withMessage("policy.text: 65537 bytes (expected: at most 65536)");
  }

  private static Draft draft(String text) {
    return new Draft("one", "One", PolicyScope.EVERYTHING, PolicyText.of(text), "users/ann");
  }
}
