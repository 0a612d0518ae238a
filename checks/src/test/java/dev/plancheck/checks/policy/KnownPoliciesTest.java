// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.policy.PolicySource.Found.Unusable;
import dev.plancheck.checks.policy.PolicySource.Found.Usable;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyReading;
import dev.plancheck.engine.review.PolicyReading.Problem;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.engine.schema.SizeBorders;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownPoliciesTest {
  private final ReviewPolicies stored = new Memory(InstantSource.system()).policies();
  private final List<String> read = new ArrayList<>();
  private final KnownPolicies known = new KnownPolicies(OwnPolicy.of("7", this::read), stored);

  @Test
  void readsEachTextOnceHoweverManyAsk() {
    stored.keep(PolicyText.of("8"));

    for (var time = 0; time < 3; time++) {
      assertThat(known.terms(PolicyText.of("7").hash())).isEqualTo(new Usable(terms(7)));
      assertThat(known.terms(PolicyText.of("8").hash())).isEqualTo(new Usable(terms(8)));
    }
    assertThat(read).containsExactly("7", "8");
  }

  @Test
  void remembersOnlySoMany() {
    for (var number = 0; number < 100; number++) {
      stored.keep(PolicyText.of(String.valueOf(number)));
      known.terms(PolicyText.of(String.valueOf(number)).hash());
    }
    read.clear();

    known.terms(PolicyText.of("99").hash());
    assertThat(read).isEmpty();
    known.terms(PolicyText.of("0").hash());
    assertThat(read).containsExactly("0");
  }

  @Test
  void whatIsNotStoredMayBeLater() {
    var text = PolicyText.of("9");
    assertThat(known.terms(text.hash()))
        .isEqualTo(
            new Unusable(
                "the review policy with the hash %s is not stored".formatted(text.hash())));

    stored.keep(text);
    assertThat(known.terms(text.hash())).isEqualTo(new Usable(terms(9)));
  }

  @Test
  void whatThisVersionCannotReadIsSaid() {
    var text = PolicyText.of("a rule of tomorrow");
    stored.keep(text);

    assertThat(known.terms(text.hash()))
        .isEqualTo(
            new Unusable(
                "the review policy with the hash %s cannot be read by this version: 1:2: no number"
                    .formatted(text.hash())));
  }

  private PolicyReading read(String text) {
    read.add(text);
    return text.matches("[0-9]+")
        ? new PolicyReading.Read(terms(Integer.parseInt(text)))
        : new PolicyReading.Refused(List.of(new Problem(1, 2, "no number")));
  }

  private static PolicyTerms terms(int smallRows) {
    return new PolicyTerms(Policy.of(List.of()), new SizeBorders(smallRows, 1, 1_000, 1));
  }
}
