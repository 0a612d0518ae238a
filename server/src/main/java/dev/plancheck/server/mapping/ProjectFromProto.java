// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.checks.plan.Project;

/// From a project's message to a record.
public final class ProjectFromProto {
  private ProjectFromProto() {}

  public static Project project(String id, dev.plancheck.api.v1.Project message) {
    return new Project(
        id,
        Text.check("project.title", message.getTitle()),
        new Project.Settings(message.getSettings().getSamplingSize()));
  }
}
