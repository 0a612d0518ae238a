// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.ProjectSettings;
import dev.plancheck.checks.plan.Project;

/// The column `settings`: what the checks of a project's plans obey.
public final class SettingsCodec {
  private static final String WHAT = "project settings";

  private SettingsCodec() {}

  public static String toJson(Project.Settings settings) {
    return StoredJson.print(
        ProjectSettings.newBuilder().setSamplingSize(settings.samplingSize()).build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static Project.Settings fromJson(String json) {
    var stored = StoredJson.parse(json, ProjectSettings.newBuilder(), WHAT);
    try {
      return new Project.Settings(stored.getSamplingSize());
    } catch (IllegalArgumentException e) {
      throw new StoredFormatException(WHAT, e);
    }
  }
}
