// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.PlanSpecs;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.plan.Spec.CreateDatabase;
import dev.plancheck.checks.plan.Spec.ExportData;
import dev.plancheck.checks.plan.Targets;
import java.util.List;
import java.util.TreeMap;

/// The column `specs`: the parts of a plan.
public final class SpecsCodec {
  private static final String WHAT = "specs";

  private SpecsCodec() {}

  public static String toJson(List<Spec> specs) {
    var stored = PlanSpecs.newBuilder();
    specs.forEach(spec -> stored.addSpecs(stored(spec)));
    return StoredJson.print(stored.build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static List<Spec> fromJson(String json) {
    var stored = StoredJson.parse(json, PlanSpecs.newBuilder(), WHAT);
    try {
      return stored.getSpecsList().stream().map(SpecsCodec::read).toList();
    } catch (IllegalArgumentException e) {
      throw new StoredFormatException(WHAT, e);
    }
  }

  private static PlanSpecs.Spec stored(Spec spec) {
    var stored = PlanSpecs.Spec.newBuilder().setId(text(spec.id()));
    switch (spec) {
      case CreateDatabase(_, var instance, var database) ->
          stored.setCreateDatabase(
              PlanSpecs.CreateDatabase.newBuilder()
                  .setInstance(text(instance))
                  .setDatabase(text(database)));
      case ExportData(_, var sheet, var targets) ->
          stored.setExportData(
              PlanSpecs.ExportData.newBuilder()
                  .setSheetSha256(text(sheet))
                  .addAllTargets(names(targets)));
      case ChangeDatabase change -> stored.setChangeDatabase(stored(change));
    }
    return stored.build();
  }

  private static PlanSpecs.ChangeDatabase stored(ChangeDatabase change) {
    var stored =
        PlanSpecs.ChangeDatabase.newBuilder()
            .setType(
                switch (change.type()) {
                  case MIGRATE -> PlanSpecs.ChangeDatabase.Type.MIGRATE;
                  case SDL -> PlanSpecs.ChangeDatabase.Type.SDL;
                })
            .setEnablePriorBackup(change.enablePriorBackup())
            .setEnableGhost(change.enableGhost());
    switch (change.targets()) {
      case Targets.Listed(var databases) -> stored.addAllTargets(names(databases));
      case Targets.Group(var group) -> stored.setDatabaseGroup(text(group.toString()));
    }
    if (change.sheet() != null) {
      stored.setSheetSha256(text(change.sheet()));
    }
    if (change.release() != null) {
      stored.setRelease(text(change.release()));
    }
    change.ghostFlags().forEach((flag, value) -> stored.putGhostFlags(text(flag), text(value)));
    return stored.build();
  }

  private static Spec read(PlanSpecs.Spec stored) {
    var id = StoredText.unescape(stored.getId());
    return switch (stored.getConfigCase()) {
      case CREATE_DATABASE ->
          new CreateDatabase(
              id,
              StoredText.unescape(stored.getCreateDatabase().getInstance()),
              StoredText.unescape(stored.getCreateDatabase().getDatabase()));
      case EXPORT_DATA ->
          new ExportData(
              id,
              StoredText.unescape(stored.getExportData().getSheetSha256()),
              databases(stored.getExportData().getTargetsList()));
      case CHANGE_DATABASE -> read(id, stored.getChangeDatabase());
      case CONFIG_NOT_SET ->
          throw new StoredFormatException(WHAT, "spec %s of unknown kind".formatted(id));
    };
  }

  private static ChangeDatabase read(String id, PlanSpecs.ChangeDatabase stored) {
    var flags = new TreeMap<String, String>();
    stored
        .getGhostFlagsMap()
        .forEach((flag, value) -> flags.put(StoredText.unescape(flag), StoredText.unescape(value)));
    return new ChangeDatabase(
        id,
        stored.hasSheetSha256() ? StoredText.unescape(stored.getSheetSha256()) : null,
        stored.hasRelease() ? StoredText.unescape(stored.getRelease()) : null,
        switch (stored.getType()) {
          case MIGRATE -> ChangeDatabase.Type.MIGRATE;
          case SDL -> ChangeDatabase.Type.SDL;
          case TYPE_UNSPECIFIED, UNRECOGNIZED ->
              throw new StoredFormatException(WHAT, "spec %s of unknown type".formatted(id));
        },
        targets(stored),
        stored.getEnablePriorBackup(),
        stored.getEnableGhost(),
        flags);
  }

  private static Targets targets(PlanSpecs.ChangeDatabase stored) {
    return stored.hasDatabaseGroup()
        ? new Targets.Group(GroupName.parse(StoredText.unescape(stored.getDatabaseGroup())))
        : Targets.of(databases(stored.getTargetsList()));
  }

  private static List<String> names(List<DatabaseName> databases) {
    return databases.stream().map(database -> text(database.toString())).toList();
  }

  private static List<DatabaseName> databases(List<String> names) {
    return names.stream().map(name -> DatabaseName.parse(StoredText.unescape(name))).toList();
  }

  private static String text(String value) {
    return StoredText.escape(value);
  }
}
