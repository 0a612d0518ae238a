// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.PlanCheckRunConfig.CheckTarget;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import java.util.TreeMap;

/// The column `config`: exactly what a run checks.
public final class ConfigCodec {
  private static final String WHAT = "config";

  private ConfigCodec() {}

  public static String toJson(PlanCheckRunConfig config) {
    var stored =
        dev.plancheck.api.store.PlanCheckRunConfig.newBuilder()
            .setPlanVersion(config.planVersion())
            .setPolicyHash(StoredText.escape(config.policyHash()))
            .setRulesVersion(StoredText.escape(config.rulesVersion()))
            .setMembershipHash(StoredText.escape(config.membershipHash()));
    config.targets().forEach(target -> stored.addTargets(stored(target)));
    return StoredJson.print(stored.build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static PlanCheckRunConfig fromJson(String json) {
    var stored =
        StoredJson.parse(json, dev.plancheck.api.store.PlanCheckRunConfig.newBuilder(), WHAT);
    try {
      return new PlanCheckRunConfig(
          stored.getTargetsList().stream().map(ConfigCodec::read).toList(),
          stored.getPlanVersion(),
          StoredText.unescape(stored.getPolicyHash()),
          StoredText.unescape(stored.getRulesVersion()),
          StoredText.unescape(stored.getMembershipHash()));
    } catch (IllegalArgumentException e) {
      throw new StoredFormatException(WHAT, e);
    }
  }

  private static CheckTarget stored(dev.plancheck.checks.run.CheckTarget target) {
    var stored =
        CheckTarget.newBuilder()
            .setTarget(StoredText.escape(target.target().toString()))
            .setEnvironment(StoredText.escape(target.environment()))
            .setSpec(StoredText.escape(target.spec()))
            .setSheetSha256(StoredText.escape(target.sheet()))
            .setEnablePriorBackup(target.enablePriorBackup())
            .setEnableGhost(target.enableGhost())
            .setEnableSdl(target.enableSdl())
            .setSampledOut(target.sampledOut())
            .setKept(target.kept());
    target
        .ghostFlags()
        .forEach((flag, value) ->
            stored.putGhostFlags(StoredText.escape(flag), StoredText.escape(value)));
    target.types().forEach(type -> stored.addTypes(StoredEnums.stored(type)));
    return stored.build();
  }

  private static dev.plancheck.checks.run.CheckTarget read(CheckTarget stored) {
    var flags = new TreeMap<String, String>();
    stored
        .getGhostFlagsMap()
        .forEach((flag, value) -> flags.put(StoredText.unescape(flag), StoredText.unescape(value)));
    return new dev.plancheck.checks.run.CheckTarget(
        DatabaseName.parse(StoredText.unescape(stored.getTarget())),
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
