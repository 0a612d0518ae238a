// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import dev.plancheck.api.v1.Instance.GhostProbe;
import dev.plancheck.api.v1.Instance.TlsMode;
import dev.plancheck.api.v1.Password;
import dev.plancheck.api.v1.ProjectSettings;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.review.RuleInfo;
import java.time.Instant;

/// From records to the messages of the API: what surrounds a plan.
public final class ToProto {
  private ToProto() {}

  public static dev.plancheck.api.v1.Project project(Project project) {
    return dev.plancheck.api.v1.Project.newBuilder()
        .setName(Names.project(project.id()))
        .setTitle(project.title())
        .setSettings(
            ProjectSettings.newBuilder()
                .setSamplingSize(project.settings().samplingSize())
                .setMaximumAge(Durations.fromNanos(project.settings().maximumAge().toNanos()))
                .setAllowErrors(project.settings().allowErrors())
                .setAllowSelfApproval(project.settings().allowSelfApproval())
                .setAutomaticRollout(project.settings().automaticRollout()))
        .build();
  }

  /// Never holds a password: only where it comes from, or that one is stored.
  public static dev.plancheck.api.v1.Instance instance(Instance instance) {
    var message =
        dev.plancheck.api.v1.Instance.newBuilder()
            .setName(Names.instance(instance.id()))
            .setTitle(instance.title())
            .setEngine(engine(instance.engine()))
            .setEnvironment(instance.environment())
            .setHost(instance.host())
            .setPort(instance.port())
            .setUser(instance.user())
            .setTlsMode(tls(instance.tls()))
            .setGhostProbe(ghostProbe(instance.ghostProbe()))
            .setGhostScratchSchema(instance.ghostScratchSchema());
    switch (instance.password()) {
      case Instance.Secret.None _ -> message.clearPassword();
      case Instance.Secret.Env(var variable) ->
          message.setPassword(Password.newBuilder().setEnv(variable));
      case Instance.Secret.File(var path) ->
          message.setPassword(Password.newBuilder().setFile(path));
      case Instance.Secret.Sealed _ -> message.setPassword(Password.newBuilder().setStored(true));
    }
    return message.build();
  }

  public static dev.plancheck.api.v1.Database database(Database database) {
    return dev.plancheck.api.v1.Database.newBuilder()
        .setName(database.name().toString())
        .setEnvironment(database.environment())
        .putAllLabels(database.labels())
        .build();
  }

  public static dev.plancheck.api.v1.Sheet sheet(String project, Sheet sheet) {
    return dev.plancheck.api.v1.Sheet.newBuilder()
        .setName(Names.sheet(project, sheet.sha256()))
        .setContent(sheet.text())
        .setByteCount(sheet.text().getBytes(UTF_8).length)
        .build();
  }

  /// Without its page.
  public static dev.plancheck.api.v1.Rule rule(RuleInfo rule) {
    return dev.plancheck.api.v1.Rule.newBuilder()
        .setName(Names.rule(rule.id()))
        .setTitle(rule.title())
        .setSeverity(RunToProto.status(rule.severity()))
        .addAllEngines(rule.engines().stream().sorted().map(ToProto::engine).toList())
        .setSince(rule.since())
        .setOptIn(rule.isOptIn())
        .build();
  }

  static Timestamp time(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  public static dev.plancheck.api.v1.Engine engine(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> dev.plancheck.api.v1.Engine.POSTGRESQL;
      case MYSQL -> dev.plancheck.api.v1.Engine.MYSQL;
      case MARIADB -> dev.plancheck.api.v1.Engine.MARIADB;
    };
  }

  private static GhostProbe ghostProbe(Instance.GhostProbe probe) {
    return switch (probe) {
      case OFF -> GhostProbe.GHOST_PROBE_OFF;
      case DATA -> GhostProbe.GHOST_PROBE_DATA;
      case CLONE -> GhostProbe.GHOST_PROBE_CLONE;
    };
  }

  private static TlsMode tls(Instance.TlsMode mode) {
    return switch (mode) {
      case DISABLE -> TlsMode.DISABLE;
      case PREFER -> TlsMode.PREFER;
      case REQUIRE -> TlsMode.REQUIRE;
      case VERIFY_CA -> TlsMode.VERIFY_CA;
      case VERIFY_FULL -> TlsMode.VERIFY_FULL;
    };
  }
}
