// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

/// How a rollout goes. At most `parallel` of its tasks run at once; with `automatic` its stages
/// begin by themselves, as soon as the one before is complete and the gate lets them.
public record RolloutOptions(FailurePolicy failures, int parallel, boolean automatic) {
  public static final RolloutOptions DEFAULT =
      new RolloutOptions(FailurePolicy.STOP_STAGE, 10, false);

  private static final int MOST_PARALLEL = 1000;

  public RolloutOptions {
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw new IllegalArgumentException(
          "parallel: %d (expected: 1 to %d)".formatted(parallel, MOST_PARALLEL));
    }
  }

  public RolloutOptions withAutomatic(boolean wanted) {
    return new RolloutOptions(failures, parallel, wanted);
  }

  public RolloutOptions withFailures(FailurePolicy wanted) {
    return new RolloutOptions(wanted, parallel, automatic);
  }

  public RolloutOptions withParallel(int most) {
    return new RolloutOptions(failures, most, automatic);
  }
}
