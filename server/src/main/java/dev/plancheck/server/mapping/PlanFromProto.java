// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.ChangeDatabaseConfig;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Targets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// From the specs of a plan's message to records. A spec without an id gets the first free one of
/// `spec-1`, `spec-2`, …
public final class PlanFromProto {
  private final String project;

  private PlanFromProto(String project) {
    this.project = project;
  }

  public static String title(dev.plancheck.api.v1.Plan plan) {
    return Text.check("plan.title", plan.getTitle());
  }

  /// Throws [ApiException] INVALID_ARGUMENT, with the field, for a sheet of another project.
  public static List<Spec> specs(String project, dev.plancheck.api.v1.Plan plan) {
    var messages = plan.getSpecsList();
    var mapping = new PlanFromProto(project);
    var taken = messages.stream().map(dev.plancheck.api.v1.Spec::getId).collect(Collectors.toSet());
    var ids = new FreeIds(new HashSet<>(taken));
    var specs = new ArrayList<Spec>();
    for (var i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      var id = message.getId().isEmpty() ? ids.next() : message.getId();
      specs.add(mapping.spec("specs[%d]".formatted(i), id, message));
    }
    return List.copyOf(specs);
  }

  private Spec spec(String field, String id, dev.plancheck.api.v1.Spec message) {
    return switch (message.getConfigCase()) {
      case CREATE_DATABASE_CONFIG -> {
        var config = message.getCreateDatabaseConfig();
        yield new Spec.CreateDatabase(
            id, Names.instanceId(config.getTarget()), config.getDatabase());
      }
      case EXPORT_DATA_CONFIG -> {
        var config = message.getExportDataConfig();
        yield new Spec.ExportData(
            id,
            sheet(field + ".export_data_config.sheet", config.getSheet()),
            databases(config.getTargetsList()));
      }
      case CHANGE_DATABASE_CONFIG ->
          changeDatabase(field + ".change_database_config", id, message.getChangeDatabaseConfig());
      case CONFIG_NOT_SET ->
          throw ApiException.invalid(
              field,
              field
                  + ": nothing to do (expected: create_database_config, change_database_config or"
                  + " export_data_config)");
    };
  }

  private Spec.ChangeDatabase changeDatabase(String field, String id, ChangeDatabaseConfig config) {
    return new Spec.ChangeDatabase(
        id,
        config.getSheet().isEmpty() ? null : sheet(field + ".sheet", config.getSheet()),
        emptyToNull(config.getRelease()),
        type(config.getType()),
        targets(field + ".targets", config.getTargetsList()),
        config.getEnablePriorBackup(),
        config.getEnableGhost(),
        new TreeMap<>(config.getGhostFlagsMap()));
  }

  private String sheet(String field, String name) {
    if (!Names.projectId(name).equals(project)) {
      throw ApiException.invalid(
          field, "%s: %s (expected: a sheet of projects/%s)".formatted(field, name, project));
    }
    return Names.sheetSha256(name);
  }

  /// Whether the group exists is looked at later; that it is of the plan's project, too.
  private static Targets targets(String field, List<String> names) {
    for (var index = 0; index < names.size(); index++) {
      var name = names.get(index);
      if (GroupName.isOne(name)) {
        if (names.size() > 1) {
          throw ApiException.invalid(
              "%s[%d]".formatted(field, index),
              "%s[%d]: %s beside others (expected: databases, or exactly one database group)"
                  .formatted(field, index, name));
        }
        return new Targets.Group(Names.group(name));
      }
    }
    return Targets.of(databases(names));
  }

  private static List<DatabaseName> databases(List<String> names) {
    return names.stream().map(Names::database).toList();
  }

  private static Spec.ChangeDatabase.Type type(ChangeDatabaseConfig.Type type) {
    return switch (type) {
      case TYPE_UNSPECIFIED, MIGRATE -> Spec.ChangeDatabase.Type.MIGRATE;
      case SDL -> Spec.ChangeDatabase.Type.SDL;
      case UNRECOGNIZED -> throw Unrecognized.of("type");
    };
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static final class FreeIds {
    private final Set<String> taken;
    private int last;

    FreeIds(Set<String> taken) {
      this.taken = taken;
    }

    String next() {
      String id;
      do {
        last++;
        id = "spec-" + last;
      } while (!taken.add(id));
      return id;
    }
  }
}
