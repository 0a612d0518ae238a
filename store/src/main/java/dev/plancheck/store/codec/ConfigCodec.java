// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.PlanCheckRunConfig.Way;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The column `config`: exactly what a run checks. What many targets have in common is stored once,
/// and is one object for all of them when it is read, as the name of an instance is.
public final class ConfigCodec {
  private static final String WHAT = "config";

  /// Stands for the database in what is common.
  private static final DatabaseName ANY = new DatabaseName("", "");

  private ConfigCodec() {}

  public static String toJson(PlanCheckRunConfig config) {
    var stored =
        dev.plancheck.api.store.PlanCheckRunConfig.newBuilder()
            .setPlanVersion(config.planVersion())
            .setPolicyHash(StoredText.escape(config.policyHash()))
            .setPolicies(PoliciesCodec.stored(config.policies()))
            .setRulesVersion(StoredText.escape(config.rulesVersion()))
            .setMembershipHash(StoredText.escape(config.membershipHash()));
    Map<CheckTarget, Integer> ways = new HashMap<>();
    for (var target : config.targets()) {
      var way = target.withTarget(ANY);
      var place = ways.putIfAbsent(way, ways.size());
      if (place == null) {
        place = ways.size() - 1;
        stored.addWays(stored(way));
      }
      stored.addTargets(StoredText.escape(target.target().toString())).addWayOfTarget(place);
    }
    return StoredJson.print(stored.build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static PlanCheckRunConfig fromJson(String json) {
    var stored =
        StoredJson.parse(json, dev.plancheck.api.store.PlanCheckRunConfig.newBuilder(), WHAT);
    try {
      return new PlanCheckRunConfig(
          targets(stored),
          stored.getPlanVersion(),
          PoliciesCodec.read(stored.getPolicies()),
          StoredText.unescape(stored.getRulesVersion()),
          StoredText.unescape(stored.getMembershipHash()));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new StoredFormatException(WHAT, e);
    }
  }

  private static List<CheckTarget> targets(
      dev.plancheck.api.store.PlanCheckRunConfigOrBuilder stored) {
    if (stored.getTargetsCount() != stored.getWayOfTargetCount()) {
      throw new IllegalArgumentException(
          "%d targets and %d ways of targets (expected: as many)"
              .formatted(stored.getTargetsCount(), stored.getWayOfTargetCount()));
    }
    var ways = stored.getWaysList().stream().map(ConfigCodec::read).toList();
    Map<String, String> instances = new HashMap<>();
    var targets = new ArrayList<CheckTarget>(stored.getTargetsCount());
    for (var place = 0; place < stored.getTargetsCount(); place++) {
      var name = DatabaseName.parse(StoredText.unescape(stored.getTargets(place)));
      var instance = instances.computeIfAbsent(name.instance(), id -> id);
      targets.add(
          ways.get(stored.getWayOfTarget(place))
              .withTarget(new DatabaseName(instance, name.database())));
    }
    return targets;
  }

  private static Way stored(CheckTarget way) {
    var stored =
        Way.newBuilder()
            .setEnvironment(StoredText.escape(way.environment()))
            .setSpec(StoredText.escape(way.spec()))
            .setSheetSha256(StoredText.escape(way.sheet()))
            .setEnablePriorBackup(way.enablePriorBackup())
            .setEnableGhost(way.enableGhost())
            .setEnableSdl(way.enableSdl())
            .setSampledOut(way.sampledOut())
            .setKept(way.kept());
    way.ghostFlags()
        .forEach((flag, value) ->
            stored.putGhostFlags(StoredText.escape(flag), StoredText.escape(value)));
    way.types().forEach(type -> stored.addTypes(StoredEnums.stored(type)));
    return stored.build();
  }

  private static CheckTarget read(Way stored) {
    var flags = new TreeMap<String, String>();
    stored
        .getGhostFlagsMap()
        .forEach((flag, value) -> flags.put(StoredText.unescape(flag), StoredText.unescape(value)));
    return new CheckTarget(
        ANY,
        StoredText.unescape(stored.getEnvironment()),
        StoredText.unescape(stored.getSpec()),
        StoredText.unescape(stored.getSheetSha256()),
        stored.getEnablePriorBackup(),
        stored.getEnableGhost(),
        stored.getEnableSdl(),
        flags,
        stored.getTypesList().stream().map(type -> StoredEnums.read(type, WHAT)).toList(),
        stored.getSampledOut(),
        stored.getKept());
  }
}
