// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import java.util.List;

/// Which specs go together in one plan: of one kind only, and a release stands alone. That keeps
/// the answer whether a plan is checked the same for all of it. A wanted schema stands alone, too:
/// the difference to it is computed from what a database is today, not from what other specs make
/// of it.
final class SpecMixture {
  private SpecMixture() {}

  /// Throws [ApiException] INVALID_ARGUMENT for the first spec that does not go with the first one.
  static void check(List<Spec> specs) {
    for (var index = 1; index < specs.size(); index++) {
      var path = "specs[%d]".formatted(index);
      var first = specs.getFirst();
      var other = specs.get(index);
      if (!kind(first).equals(kind(other))) {
        throw ApiException.invalid(
            path,
            "%s: %s, specs[0]: %s (expected: specs of one kind; make another plan)"
                .formatted(path, kind(other), kind(first)));
      }
      if (isWantedSchema(first) || isWantedSchema(other)) {
        throw ApiException.invalid(
            path + ".type",
            "%s beside one of type SDL (expected: a spec of type SDL as the only one of its plan)"
                .formatted(path));
      }
      if (isRelease(first) || isRelease(other)) {
        throw ApiException.invalid(
            path + ".release",
            "%s beside a release (expected: a release as the only spec of its plan)"
                .formatted(path));
      }
    }
  }

  private static boolean isRelease(Spec spec) {
    return spec instanceof ChangeDatabase change && change.release() != null;
  }

  private static boolean isWantedSchema(Spec spec) {
    return spec instanceof ChangeDatabase change && change.type() == ChangeDatabase.Type.SDL;
  }

  private static String kind(Spec spec) {
    return switch (spec) {
      case Spec.CreateDatabase _ -> "create database";
      case Spec.ExportData _ -> "export data";
      case ChangeDatabase _ -> "change database";
    };
  }
}
