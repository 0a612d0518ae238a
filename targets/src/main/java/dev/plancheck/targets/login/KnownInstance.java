// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.login;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import java.util.Optional;
import java.util.function.Function;

/// The instance of a target, found by its id.
public final class KnownInstance {
  private KnownInstance() {}

  /// Throws [TargetException] MISSING if there is none.
  public static Instance of(Function<String, Optional<Instance>> instances, DatabaseName target)
      throws TargetException {
    return instances
        .apply(target.instance())
        .orElseThrow(() ->
            new TargetException(
                Kind.MISSING, "There is no instance %s (any more).".formatted(target.instance())));
  }
}
