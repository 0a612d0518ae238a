// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.GhostProbe;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.cli.terminal.CommandException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// Whether, and how, each script is also looked at as a change that gh-ost would make.
final class GhostOptions {
  @Option(
      names = "--ghost",
      description =
          "also say whether gh-ost could make each change, and what it would lose: one ALTER TABLE"
              + " a script, on MySQL or MariaDB; see docs/ghost.md")
  private boolean ghost;

  @Option(
      names = "--ghost-flag",
      paramLabel = "NAME=VALUE",
      description = "with --ghost: a flag that gh-ost will be run with, as chunk-size=500")
  private Map<String, String> flags = Map.of();

  @Option(
      names = "--ghost-probe",
      description =
          "with --ghost: look for a row that gh-ost would lose, by queries that only read")
  private boolean probe;

  /// Refuses what means nothing without `--ghost`.
  void requireSense() {
    if (!ghost && (probe || !flags.isEmpty())) {
      throw CommandException.usage(
          (probe ? "--ghost-probe" : "--ghost-flag") + ": goes with --ghost only");
    }
  }

  Spec spec(String id, String sheet, List<DatabaseName> targets) {
    return new Spec.ChangeDatabase(
        id,
        sheet,
        null,
        Spec.ChangeDatabase.Type.MIGRATE,
        Targets.of(targets),
        false,
        ghost,
        ghost ? new TreeMap<>(flags) : Collections.emptySortedMap());
  }

  Instance instance(Instance named) {
    return probe ? named.withGhostProbe(GhostProbe.DATA) : named;
  }
}
