// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.GhostProbe;
import dev.plancheck.checks.plan.ScratchSchema;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.targets.mysql.noop.GhostProgram;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
      paramLabel = "LEVEL",
      description =
          "with --ghost: data looks for a row that gh-ost would lose, by queries that only read;"
              + " clone also tries the ALTER on an empty copy of the table, with some rows copied"
              + " into it, in the database of --ghost-scratch-schema, and asks the gh-ost that"
              + " PLANCHECK_GHOST_BINARY names, if it names one")
  private Level level = Level.OFF;

  @Option(
      names = "--ghost-scratch-schema",
      paramLabel = "DATABASE",
      description = "with --ghost-probe clone: where on the server the copy is made, and dropped")
  private String scratchSchema = "";

  /// A level of an instance, as it is written on the command line.
  enum Level {
    OFF(GhostProbe.OFF),
    DATA(GhostProbe.DATA),
    CLONE(GhostProbe.CLONE);

    private final GhostProbe probe;

    Level(GhostProbe probe) {
      this.probe = probe;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Refuses what means nothing without `--ghost`, and a copy without a place for it.
  void requireSense() {
    if (!ghost && (level != Level.OFF || !flags.isEmpty())) {
      throw CommandException.usage(
          (flags.isEmpty() ? "--ghost-probe" : "--ghost-flag") + ": goes with --ghost only");
    }
    if (level != Level.CLONE && !scratchSchema.isEmpty()) {
      throw CommandException.usage("--ghost-scratch-schema: goes with --ghost-probe clone only");
    }
    ScratchSchema.flaw(level.probe, scratchSchema)
        .ifPresent(flaw -> {
          throw CommandException.usage("--ghost-scratch-schema: " + flaw);
        });
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

  /// The gh-ost that may be run; null for none.
  static @Nullable GhostProgram program(Map<String, String> environment) {
    try {
      return GhostProgram.of(environment).orElse(null);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  Instance instance(Instance named) {
    return named.withGhostProbe(level.probe, scratchSchema);
  }
}
