// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.checks.cache.LatestUsed;
import dev.plancheck.checks.policy.PolicySource.Found.Unusable;
import dev.plancheck.checks.policy.PolicySource.Found.Usable;
import dev.plancheck.engine.review.PolicyReading;
import java.util.Map;

/// Every policy that is stored, and the program's own. A hash stands for one text for ever, so that
/// what was read last is remembered; `remembered` is guarded by itself.
public final class KnownPolicies implements PolicySource {
  private static final int REMEMBERED = 64;

  private final OwnPolicy own;
  private final ReviewPolicies stored;
  private final Map<String, Found> remembered = new LatestUsed<>(REMEMBERED);

  public KnownPolicies(OwnPolicy own, ReviewPolicies stored) {
    this.own = own;
    this.stored = stored;
  }

  /// Throws what the storage throws.
  @Override
  public Found terms(String hash) {
    synchronized (remembered) {
      var known = remembered.get(hash);
      if (known != null) {
        return known;
      }
    }
    var text = own.hash().equals(hash) ? own.text() : stored.text(hash).orElse(null);
    if (text == null) {
      return new Unusable("the review policy with the hash %s is not stored".formatted(hash));
    }
    var found = read(text);
    synchronized (remembered) {
      remembered.put(hash, found);
    }
    return found;
  }

  private Found read(PolicyText text) {
    return switch (own.language().read(text.text())) {
      case PolicyReading.Read(var terms) -> new Usable(terms);
      case PolicyReading.Refused(var problems) ->
          new Unusable(
              "the review policy with the hash %s cannot be read by this version: %s"
                  .formatted(text.hash(), problems.getFirst()));
    };
  }
}
