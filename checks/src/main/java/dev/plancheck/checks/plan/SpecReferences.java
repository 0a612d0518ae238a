// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether what a plan's specs name exists for its project: one message for the first thing that
/// does not.
final class SpecReferences {
  private final CheckPorts ports;
  private final String project;
  private final Map<DatabaseName, Database> known;

  private SpecReferences(CheckPorts ports, String project, Map<DatabaseName, Database> known) {
    this.ports = ports;
    this.project = project;
    this.known = known;
  }

  /// Throws [ApiException] INVALID_ARGUMENT.
  static void check(CheckPorts ports, String project, List<Spec> specs) {
    Set<DatabaseName> named = new HashSet<>();
    specs.forEach(spec -> named.addAll(listed(spec)));
    var references = new SpecReferences(ports, project, ports.databases().getAll(named));
    for (var index = 0; index < specs.size(); index++) {
      references.check("specs[%d]".formatted(index), specs.get(index));
    }
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
    switch (spec) {
      case Spec.CreateDatabase(_, var instance, _) -> checkInstance(path, instance);
      case Spec.ExportData(_, var sheet, var targets) -> {
        checkSheet(path, sheet);
        checkDatabases(path, targets);
      }
      case ChangeDatabase change -> {
        if (change.sheet() != null) {
          checkSheet(path, change.sheet());
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
    if (ports.sheets().get(sheet).isEmpty()) {
      throw ApiException.invalid(
          path + ".sheet",
          "sheet: %s does not exist (expected: a sheet that was created before)".formatted(sheet));
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
