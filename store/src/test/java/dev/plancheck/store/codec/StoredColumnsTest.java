// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Release;
import dev.plancheck.checks.plan.ReleaseVersion;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The smaller JSON columns: config, specs, settings, labels.
final class StoredColumnsTest {
  @Test
  void aConfigComesBackWithEveryField() {
    for (var config :
        List.of(
            Samples.everyField(),
            Samples.config(100),
            new PlanCheckRunConfig(List.of(), 0, AppliedPolicies.NONE, "", ""),
            new PlanCheckRunConfig(
                List.of(), 1, AppliedPolicies.own("a\0", List.of("\0", "é")), "\ud800", "␛"))) {
      assertThat(ConfigCodec.fromJson(ConfigCodec.toJson(config))).isEqualTo(config);
    }
  }

  @Test
  void whatManyTargetsHaveInCommonIsStoredAndHeldOnce() {
    var config = Samples.config(1000);
    assertThat(ConfigCodec.toJson(config).length()).isLessThan(60 * 1000);
    Set<String> sheets = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<String> instances = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var target : ConfigCodec.fromJson(ConfigCodec.toJson(config)).targets()) {
      sheets.add(target.sheet());
      instances.add(target.target().instance());
    }
    assertThat(sheets).hasSizeLessThan(5);
    assertThat(instances).hasSizeLessThan(5);
  }

  @Test
  void specsComeBackAsTheyWere() {
    var targets = List.of(new DatabaseName("pg", "a/b \0"), new DatabaseName("pg", "é"));
    List<Spec> specs =
        List.of(
            new Spec.CreateDatabase("create", "pg", "new"),
            new Spec.ExportData("export", "0".repeat(64), targets),
            Spec.ChangeDatabase.migrate("", "", targets),
            new Spec.ChangeDatabase(
                "sdl",
                null,
                "release",
                Spec.ChangeDatabase.Type.SDL,
                Targets.of(targets),
                true,
                true,
                new TreeMap<>(Map.of("a", "1\0"))),
            new Spec.ChangeDatabase(
                "group",
                "0".repeat(64),
                null,
                Spec.ChangeDatabase.Type.MIGRATE,
                new Targets.Group(new GroupName("shop", "eu")),
                false,
                false,
                new TreeMap<>()));
    assertThat(SpecsCodec.fromJson(SpecsCodec.toJson(specs))).isEqualTo(specs);
    assertThat(SpecsCodec.fromJson(SpecsCodec.toJson(List.of()))).isEmpty();
  }

  @Test
  void filesOfAReleaseComeBack() {
    var files =
        List.of(
            new Release.File("a/é\0.sql", new ReleaseVersion("1.0"), "0".repeat(64)),
            new Release.File("b.sql", new ReleaseVersion("20261122.3"), "1".repeat(64)));
    assertThat(ReleaseCodec.fromJson(ReleaseCodec.toJson(files))).isEqualTo(files);
    assertRefused(
        () -> ReleaseCodec.fromJson("{\"files\": [{\"version\": \"new\"}]}"),
        "release files",
        "new");
  }

  @Test
  void labelsArePlainObjects() {
    var labels = Map.of("region", "eu", "é\0", "");
    assertThat(LabelsCodec.toJson(Map.of("region", "eu"))).isEqualTo("{\"region\":\"eu\"}");
    assertThat(LabelsCodec.fromJson(LabelsCodec.toJson(labels))).isEqualTo(labels);
  }

  @Test
  void settingsComeBack() {
    var settings = new Project.Settings(12, Duration.ofHours(36).plusNanos(7), true, false, true);
    assertThat(SettingsCodec.fromJson(SettingsCodec.toJson(settings))).isEqualTo(settings);
    assertThat(SettingsCodec.fromJson("{}")).isEqualTo(Project.Settings.DEFAULT);
  }

  @Test
  void whatANewerVersionWroteIsRefusedByName() {
    assertRefused(() -> ConfigCodec.fromJson("{\"tomorrow\": 1}"), "config", "tomorrow");
    assertRefused(
        () -> ConfigCodec.fromJson("{\"targets\": [\"x\"], \"ways\": [{}], \"wayOfTarget\": [0]}"),
        "config",
        "x");
    var target = "{\"targets\": [\"instances/a/databases/b\"], ";
    assertRefused(
        () -> ConfigCodec.fromJson(target + "\"ways\": [{\"types\": [7]}], \"wayOfTarget\": [0]}"),
        "config",
        "check type");
    assertRefused(
        () -> ConfigCodec.fromJson(target + "\"ways\": [{}], \"wayOfTarget\": [1]}"),
        "config",
        "Index 1");
    assertRefused(
        () -> ConfigCodec.fromJson(target + "\"ways\": [{}]}"), "config", "1 targets and 0 ways");
    assertRefused(() -> SpecsCodec.fromJson("{\"specs\": [{\"id\": \"s\"}]}"), "specs", "spec s");
    assertRefused(
        () -> SpecsCodec.fromJson("{\"specs\": [{\"id\": \"s\", \"changeDatabase\": {}}]}"),
        "specs",
        "spec s of unknown type");
    assertRefused(() -> SettingsCodec.fromJson("{\"samplingSize\": -1}"), "project settings", "-1");
    assertRefused(() -> LabelsCodec.fromJson("{\"a\": 1}"), "labels", "a is no text");
  }

  private static void assertRefused(ThrowingCallable read, String what, String named) {
    assertThatExceptionOfType(StoredFormatException.class)
        .isThrownBy(read)
        .withMessageContaining("stored %s cannot be read".formatted(what))
        .withMessageContaining(named);
  }
}
