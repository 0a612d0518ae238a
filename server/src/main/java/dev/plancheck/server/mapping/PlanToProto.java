// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.ChangeDatabaseConfig;
import dev.plancheck.api.v1.CreateDatabaseConfig;
import dev.plancheck.api.v1.ExportDataConfig;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Targets;
import java.util.List;

/// From a plan to its message.
public final class PlanToProto {
  private PlanToProto() {}

  public static dev.plancheck.api.v1.Plan plan(Plan plan) {
    var project = plan.name().project();
    return dev.plancheck.api.v1.Plan.newBuilder()
        .setName(plan.name().toString())
        .setTitle(plan.title())
        .addAllSpecs(plan.specs().stream().map(spec -> spec(project, spec)).toList())
        .setVersion(plan.version())
        .setCreateTime(ToProto.time(plan.createdAt()))
        .setUpdateTime(ToProto.time(plan.updatedAt()))
        .build();
  }

  private static dev.plancheck.api.v1.Spec spec(String project, Spec spec) {
    var message = dev.plancheck.api.v1.Spec.newBuilder().setId(spec.id());
    switch (spec) {
      case Spec.CreateDatabase(_, var instance, var database) ->
          message.setCreateDatabaseConfig(
              CreateDatabaseConfig.newBuilder()
                  .setTarget(Names.instance(instance))
                  .setDatabase(database));
      case Spec.ExportData(_, var sheet, var targets) ->
          message.setExportDataConfig(
              ExportDataConfig.newBuilder()
                  .addAllTargets(names(targets))
                  .setSheet(Names.sheet(project, sheet)));
      case Spec.ChangeDatabase change ->
          message.setChangeDatabaseConfig(changeDatabase(project, change));
    }
    return message.build();
  }

  private static ChangeDatabaseConfig changeDatabase(String project, Spec.ChangeDatabase change) {
    var message =
        ChangeDatabaseConfig.newBuilder()
            .addAllTargets(names(change.targets()))
            .setType(type(change.type()))
            .setEnablePriorBackup(change.enablePriorBackup())
            .setEnableGhost(change.enableGhost())
            .putAllGhostFlags(change.ghostFlags());
    var sheet = change.sheet();
    if (sheet != null) {
      message.setSheet(Names.sheet(project, sheet));
    }
    var release = change.release();
    if (release != null) {
      message.setRelease(release);
    }
    return message.build();
  }

  private static ChangeDatabaseConfig.Type type(Spec.ChangeDatabase.Type type) {
    return switch (type) {
      case MIGRATE -> ChangeDatabaseConfig.Type.MIGRATE;
      case SDL -> ChangeDatabaseConfig.Type.SDL;
    };
  }

  private static List<String> names(Targets targets) {
    return switch (targets) {
      case Targets.Listed(var databases) -> names(databases);
      case Targets.Group(var group) -> List.of(group.toString());
    };
  }

  private static List<String> names(List<DatabaseName> targets) {
    return targets.stream().map(DatabaseName::toString).toList();
  }
}
