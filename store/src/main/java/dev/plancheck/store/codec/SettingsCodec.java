// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import com.google.protobuf.util.Durations;
import dev.plancheck.api.store.ProjectSettings;
import dev.plancheck.checks.plan.Project;
import java.time.Duration;

/// The column `settings`: what the checks of a project's plans obey.
public final class SettingsCodec {
  private static final String WHAT = "project settings";

  private SettingsCodec() {}

  public static String toJson(Project.Settings settings) {
    return StoredJson.print(
        ProjectSettings.newBuilder()
            .setSamplingSize(settings.samplingSize())
            .setMaximumAge(Durations.fromNanos(settings.maximumAge().toNanos()))
            .setAllowErrors(settings.allowErrors())
            .setAllowSelfApproval(settings.allowSelfApproval())
            .setAutomaticRollout(settings.automaticRollout())
            .build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static Project.Settings fromJson(String json) {
    var stored = StoredJson.parse(json, ProjectSettings.newBuilder(), WHAT);
    try {
      return new Project.Settings(
          stored.getSamplingSize(),
          stored.hasMaximumAge()
              ? Duration.ofNanos(Durations.toNanos(stored.getMaximumAge()))
              : Project.Settings.DEFAULT.maximumAge(),
          stored.getAllowErrors(),
          stored.getAllowSelfApproval(),
          stored.getAutomaticRollout());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new StoredFormatException(WHAT, e);
    }
  }
}
