// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import java.util.List;

/// What the checks of a plan come to under a policy.
///
/// `causes` say where the risk comes from, the highest first; `unknown` is what could not be found
/// out, the most widespread first. Both name the most important only. `targets` counts databases
/// per spec. The digests are equal for equal findings, and for equal facts.
public record Assessment(
    Risk risk,
    List<Cause> causes,
    List<UnknownFact> unknown,
    int targets,
    String findingsDigest,
    String factsDigest) {
  /// How many causes and unknown facts are named at most.
  public static final int MOST_NAMED = 50;

  /// `words` for people: `rule "drops in production"`; it is so in `targets` databases, 0 if that
  /// does not apply.
  public record Cause(Risk risk, String words, int targets) {
    Cause withTargets(int count) {
      return new Cause(risk, words, count);
    }
  }

  /// `fact` is a variable of [Facts]; it is not known of `targets` databases, and `why`.
  public record UnknownFact(String fact, String why, int targets) {}

  public Assessment {
    causes = List.copyOf(causes);
    unknown = List.copyOf(unknown);
  }
}
