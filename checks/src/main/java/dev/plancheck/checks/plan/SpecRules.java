// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ghost.GhostFlags;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What must hold of a plan's specs whatever exists: one message for the first thing that does not.
final class SpecRules {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private SpecRules() {}

  /// Throws [ApiException] INVALID_ARGUMENT.
  static void check(List<Spec> specs) {
    var ids = new HashSet<String>();
    for (var index = 0; index < specs.size(); index++) {
      var path = "specs[%d]".formatted(index);
      var spec = specs.get(index);
      if (spec.id().isBlank() || !ids.add(spec.id())) {
        throw ApiException.invalid(
            path + ".id", "spec id: '%s' (expected: unique in the plan)".formatted(spec.id()));
      }
      switch (spec) {
        case Spec.CreateDatabase _ -> {}
        case Spec.ExportData(_, var sheet, var targets) -> {
          checkSheet(path, sheet);
          checkTargets(path, targets);
        }
        case ChangeDatabase change -> checkChange(path, change);
      }
    }
    SpecMixture.check(specs);
  }

  private static void checkChange(String path, ChangeDatabase change) {
    if ((change.sheet() == null) == (change.release() == null)) {
      throw ApiException.invalid(
          path + ".sheet",
          "sheet: %s, release: %s (expected: exactly one of them)"
              .formatted(named(change.sheet()), named(change.release())));
    }
    if (change.sheet() != null) {
      checkSheet(path, change.sheet());
    }
    if (change.targets() instanceof Targets.Listed(var databases)) {
      checkTargets(path, databases);
    }
    if (change.release() != null && change.type() == ChangeDatabase.Type.SDL) {
      throw ApiException.invalid(
          path + ".release",
          "release: %s with type SDL (expected: the wanted schema as one sheet)"
              .formatted(change.release()));
    }
    checkGhost(path, change);
  }

  private static void checkGhost(String path, ChangeDatabase change) {
    if (change.enableGhost() && change.type() == ChangeDatabase.Type.SDL) {
      throw ApiException.invalid(
          path + ".enableGhost",
          "enable_ghost: true (expected: false for type SDL; gh-ost runs what a MIGRATE says)");
    }
    GhostFlags.flaw(change.ghostFlags())
        .ifPresent(flaw -> {
          throw ApiException.invalid(path + ".ghostFlags", flaw);
        });
  }

  private static void checkSheet(String path, String sheet) {
    if (!SHA256.matcher(sheet).matches()) {
      throw ApiException.invalid(
          path + ".sheet", "sheet: %s (expected: a SHA-256 in lower-case hex)".formatted(sheet));
    }
  }

  private static void checkTargets(String path, List<DatabaseName> targets) {
    Set<DatabaseName> seen = new HashSet<>();
    for (var index = 0; index < targets.size(); index++) {
      if (!seen.add(targets.get(index))) {
        throw ApiException.invalid(
            path + ".targets[%d]".formatted(index),
            "target: %s twice (expected: each database once in a spec)"
                .formatted(targets.get(index)));
      }
    }
  }

  private static String named(@Nullable String value) {
    return value == null ? "none" : value;
  }
}
