// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import com.google.protobuf.Duration;
import dev.plancheck.api.store.ProjectSettings;
import dev.plancheck.checks.plan.Project;

/// The column `settings`: what the checks of a project's plans obey.
public final class SettingsCodec {
  private static final String WHAT = "project settings";

  private SettingsCodec() {}

  public static String toJson(Project.Settings settings) {
    var age = settings.maximumAge();
    return StoredJson.print(
        ProjectSettings.newBuilder()
            .setSamplingSize(settings.samplingSize())
            .setMaximumAge(
                Duration.newBuilder().setSeconds(age.toSeconds()).setNanos(age.getNano()))
            .build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static Project.Settings fromJson(String json) {
    var stored = StoredJson.parse(json, ProjectSettings.newBuilder(), WHAT);
    try {
      return new Project.Settings(
          stored.getSamplingSize(),
          stored.hasMaximumAge()
              ? java.time.Duration.ofSeconds(
                  stored.getMaximumAge().getSeconds(), stored.getMaximumAge().getNanos())
              : Project.Settings.DEFAULT.maximumAge());
    } catch (IllegalArgumentException e) {
      throw new StoredFormatException(WHAT, e);
    }
  }
}
