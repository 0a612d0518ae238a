// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.policy.AppliedPolicies.Governing;
import java.util.TreeMap;

/// The column `policies`: by what each environment of a run is judged.
public final class PoliciesCodec {
  private PoliciesCodec() {}

  public static String toJson(AppliedPolicies policies) {
    return StoredJson.print(stored(policies));
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static AppliedPolicies fromJson(String json) {
    return read(
        StoredJson.parse(json, dev.plancheck.api.store.AppliedPolicies.newBuilder(), "policies"));
  }

  static dev.plancheck.api.store.AppliedPolicies stored(AppliedPolicies policies) {
    var stored = dev.plancheck.api.store.AppliedPolicies.newBuilder();
    policies
        .byEnvironment()
        .forEach((environment, governing) ->
            stored
                .addPoliciesBuilder()
                .setEnvironment(StoredText.escape(environment))
                .setPolicy(StoredText.escape(governing.policy()))
                .setHash(StoredText.escape(governing.hash())));
    return stored.build();
  }

  static AppliedPolicies read(dev.plancheck.api.store.AppliedPoliciesOrBuilder stored) {
    var policies = new TreeMap<String, Governing>();
    for (var one : stored.getPoliciesList()) {
      policies.put(
          StoredText.unescape(one.getEnvironment()),
          new Governing(StoredText.unescape(one.getPolicy()), StoredText.unescape(one.getHash())));
    }
    return new AppliedPolicies(policies);
  }
}
