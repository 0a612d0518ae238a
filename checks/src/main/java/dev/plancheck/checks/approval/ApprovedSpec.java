// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.engine.schema.Fingerprint;
import java.util.List;
import java.util.Objects;

/// A spec as an approver saw it. `sheet` is the SHA-256 of its sheet, empty without one; `options`
/// are for people; `fingerprint` is another one as soon as anything of the spec is: sheet, options,
/// targets.
public record ApprovedSpec(String id, String sheet, String options, String fingerprint) {
  private record Kinded(String kind, Spec spec) {}

  static List<ApprovedSpec> of(List<Spec> specs) {
    return specs.stream().map(ApprovedSpec::of).toList();
  }

  private static ApprovedSpec of(Spec spec) {
    return switch (spec) {
      case Spec.CreateDatabase create ->
          new ApprovedSpec(
              create.id(),
              "",
              "CREATE DATABASE %s on instances/%s".formatted(create.database(), create.instance()),
              fingerprint("CREATE", create));
      case Spec.ExportData export ->
          new ApprovedSpec(
              export.id(), export.sheet(), "EXPORT DATA", fingerprint("EXPORT", export));
      case ChangeDatabase change ->
          new ApprovedSpec(
              change.id(),
              Objects.requireNonNullElse(change.sheet(), ""),
              options(change),
              fingerprint("CHANGE", change));
    };
  }

  private static String fingerprint(String kind, Spec spec) {
    return Fingerprint.ofRecord(new Kinded(kind, spec));
  }

  private static String options(ChangeDatabase change) {
    var words = new StringBuilder(change.type().name());
    if (change.release() != null) {
      words.append(", release ").append(change.release());
    }
    if (change.enablePriorBackup()) {
      words.append(", prior backup");
    }
    if (change.enableGhost()) {
      words.append(", gh-ost");
    }
    change.ghostFlags().forEach((flag, value) -> words.append(", %s=%s".formatted(flag, value)));
    return words.toString();
  }
}
