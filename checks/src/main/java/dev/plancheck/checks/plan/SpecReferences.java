// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether what a plan's specs name exists for its project: one message for the first thing that
/// does not.
final class SpecReferences {
  private final CheckPorts ports;
  private final String project;
  private final Map<DatabaseName, Database> known;
  private final Set<String> seen;

  private SpecReferences(CheckPorts ports, String project, List<Spec> specs) {
    Set<DatabaseName> named = new HashSet<>();
    Set<String> sheets = new HashSet<>();
    for (var spec : specs) {
      named.addAll(listed(spec));
      sheet(spec).ifPresent(sheets::add);
    }
    this.ports = ports;
    this.project = project;
    this.known = ports.databases().getAll(named);
    this.seen = ports.sheets().seen(project, sheets);
  }

  /// Throws [ApiException] INVALID_ARGUMENT.
  static void check(CheckPorts ports, String project, List<Spec> specs) {
    var references = new SpecReferences(ports, project, specs);
    for (var index = 0; index < specs.size(); index++) {
      references.check("specs[%d]".formatted(index), specs.get(index));
    }
  }

  private static Optional<String> sheet(Spec spec) {
    return switch (spec) {
      case Spec.CreateDatabase _ -> Optional.empty();
      case Spec.ExportData(_, var sheet, _) -> Optional.of(sheet);
      case ChangeDatabase change -> Optional.ofNullable(change.sheet());
    };
  }

  private static List<DatabaseName> listed(Spec spec) {
    return switch (spec) {
      case Spec.CreateDatabase _ -> List.of();
      case Spec.ExportData(_, _, var targets) -> targets;
      case ChangeDatabase change ->
          switch (change.targets()) {
            case Targets.Listed(var databases) -> databases;
            case Targets.Group _ -> List.of();
          };
    };
  }

  private void check(String path, Spec spec) {
    sheet(spec).ifPresent(sheet -> checkSheet(path, sheet));
    switch (spec) {
      case Spec.CreateDatabase(_, var instance, _) -> checkInstance(path, instance);
      case Spec.ExportData(_, _, var targets) -> checkDatabases(path, targets);
      case ChangeDatabase change -> {
        if (change.release() != null) {
          checkRelease(path, change.release());
        }
        switch (change.targets()) {
          case Targets.Listed(var databases) -> checkDatabases(path, databases);
          case Targets.Group(var group) -> checkGroup(path, group);
        }
      }
    }
  }

  private void checkInstance(String path, String instance) {
    if (ports.instances().get(instance).isEmpty()) {
      throw ApiException.invalid(
          path + ".instance",
          "instance: instances/%s does not exist (expected: one that is registered)"
              .formatted(instance));
    }
  }

  private void checkSheet(String path, String sheet) {
    if (!seen.contains(sheet)) {
      throw ApiException.invalid(
          path + ".sheet",
          "sheet: %s does not exist in projects/%s (expected: a sheet that was created there)"
              .formatted(sheet, project));
    }
  }

  private void checkRelease(String path, String release) {
    if (!existing(release)) {
      throw ApiException.invalid(
          path + ".release",
          "release: %s does not exist (expected: projects/%s/releases/{release})"
              .formatted(release, project));
    }
  }

  private boolean existing(String release) {
    try {
      var name = ReleaseName.parse(release);
      return name.project().equals(project) && ports.releases().get(name).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void checkGroup(String path, GroupName group) {
    if (!group.project().equals(project)) {
      throw ApiException.invalid(
          path + ".targets[0]",
          "target: %s (expected: a group of projects/%s)".formatted(group, project));
    }
    if (ports.groups().get(group).isEmpty()) {
      throw ApiException.invalid(
          path + ".targets[0]", "target: %s does not exist".formatted(group));
    }
  }

  private void checkDatabases(String path, List<DatabaseName> databases) {
    for (var index = 0; index < databases.size(); index++) {
      var name = databases.get(index);
      if (!known.containsKey(name)) {
        throw ApiException.invalid(
            path + ".targets[%d]".formatted(index),
            "target: %s does not exist (expected: a database that was found in its instance; sync"
                    .formatted(name)
                + " the instance)");
      }
    }
  }
}
