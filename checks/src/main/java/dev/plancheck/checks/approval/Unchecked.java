// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.plan.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A part of a plan of which no check says what it does.
///
/// `target` is null where not even that is known; without an `environment` it is the instance's.
/// `kind` is that of its statements, or [StatementKinds#OPAQUE]; `why` is for people.
record Unchecked(
    String spec,
    @Nullable DatabaseName target,
    @Nullable String environment,
    String kind,
    String why) {
  /// All parts of `specs` but those with an id of `checked`.
  static List<Unchecked> of(List<Spec> specs, Set<String> checked) {
    var unchecked = new ArrayList<Unchecked>();
    for (var spec : specs) {
      if (!checked.contains(spec.id())) {
        unchecked.addAll(of(spec));
      }
    }
    return unchecked;
  }

  private static List<Unchecked> of(Spec spec) {
    return switch (spec) {
      case Spec.CreateDatabase(var id, var instance, var database) ->
          List.of(
              new Unchecked(
                  id,
                  new DatabaseName(instance, database),
                  null,
                  "CREATE DATABASE",
                  "spec %s creates a database, of which nothing is checked".formatted(id)));
      case Spec.ExportData(var id, _, var targets) ->
          opaque(id, targets, "spec %s exports data, which is not checked".formatted(id));
      case ChangeDatabase change ->
          opaque(
              change.id(),
              listed(change.targets()),
              "spec %s changes databases by what is not checked".formatted(change.id()));
    };
  }

  /// Who is in a group is found out only for what is checked.
  private static List<DatabaseName> listed(Targets targets) {
    return switch (targets) {
      case Targets.Listed(var databases) -> databases;
      case Targets.Group _ -> List.of();
    };
  }

  private static List<Unchecked> opaque(String spec, List<DatabaseName> targets, String why) {
    if (targets.isEmpty()) {
      return List.of(new Unchecked(spec, null, null, StatementKinds.OPAQUE, why));
    }
    return targets.stream()
        .map(target -> new Unchecked(spec, target, null, StatementKinds.OPAQUE, why))
        .toList();
  }
}
