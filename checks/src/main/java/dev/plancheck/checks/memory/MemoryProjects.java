// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Projects;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Projects in memory.
final class MemoryProjects implements Projects {
  private final ConcurrentSkipListMap<String, Project> projects =
      new ConcurrentSkipListMap<>(CodePoints.ORDER);

  @Override
  public Project create(Project project) {
    if (projects.putIfAbsent(project.id(), project) != null) {
      throw ApiException.alreadyExists("projects/" + project.id());
    }
    return project;
  }

  @Override
  public Optional<Project> get(String id) {
    return Optional.ofNullable(projects.get(id));
  }

  @Override
  public List<Project> list(int limit, String afterId) {
    return projects.tailMap(afterId, false).values().stream().limit(limit).toList();
  }

  @Override
  public Project update(Project project) {
    if (projects.replace(project.id(), project) == null) {
      throw ApiException.notFound("projects/" + project.id());
    }
    return project;
  }
}
