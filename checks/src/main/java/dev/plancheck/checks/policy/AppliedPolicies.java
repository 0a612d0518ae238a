// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import dev.plancheck.engine.schema.Fingerprint;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which policy governs which of a plan's environments, by id of the environment; databases without
/// one are under the empty text. A run holds those that it was made for.
public record AppliedPolicies(SortedMap<String, Governing> byEnvironment) {
  /// Of a record that says nothing of policies: such are older than policies per environment.
  public static final AppliedPolicies NONE = new AppliedPolicies(Collections.emptySortedMap());

  /// A stored policy, or the program's own, whose `policy` is empty; and the hash of its text.
  public record Governing(String policy, String hash) {
    public static Governing own(String hash) {
      return new Governing("", hash);
    }
  }

  /// Only texts count: by what name they govern does not matter.
  private record Hashed(SortedMap<String, String> texts) {}

  public AppliedPolicies {
    byEnvironment = Collections.unmodifiableSortedMap(new TreeMap<>(byEnvironment));
  }

  /// The program's own policy in each.
  public static AppliedPolicies own(String hash, Collection<String> environments) {
    return new PoliciesInForce("", List.of(), hash).over(environments);
  }

  /// Empty for an environment that the plan had no database in.
  public Optional<Governing> of(String environment) {
    return Optional.ofNullable(byEnvironment.get(environment));
  }

  /// Equal if the same texts govern the same environments.
  public String hash() {
    var texts = new TreeMap<String, String>();
    byEnvironment.forEach((environment, governing) -> texts.put(environment, governing.hash()));
    return Fingerprint.ofRecord(new Hashed(texts));
  }

  /// The environments of this that other texts govern by now, in order.
  public List<String> changedIn(PoliciesInForce now) {
    return byEnvironment.entrySet().stream()
        .filter(
            entry -> !Objects.equals(now.governing(entry.getKey()).hash(), entry.getValue().hash()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
