// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import com.google.protobuf.util.Durations;
import dev.plancheck.api.v1.ProjectSettings;
import dev.plancheck.checks.plan.Project;
import java.time.Duration;

/// From a project's message to a record.
public final class ProjectFromProto {
  private ProjectFromProto() {}

  public static Project project(String id, dev.plancheck.api.v1.Project message) {
    return new Project(
        id, Text.check("project.title", message.getTitle()), settings(message.getSettings()));
  }

  private static Project.Settings settings(ProjectSettings message) {
    return new Project.Settings(
        message.getSamplingSize(),
        message.hasMaximumAge()
            ? Duration.ofNanos(Durations.toNanos(message.getMaximumAge()))
            : Project.Settings.DEFAULT.maximumAge(),
        message.getAllowErrors(),
        message.getAllowSelfApproval(),
        message.getAutomaticRollout());
  }
}
