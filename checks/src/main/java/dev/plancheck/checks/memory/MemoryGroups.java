// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.DatabaseGroup;
import dev.plancheck.checks.plan.DatabaseGroups;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.Projects;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Database groups in memory.
final class MemoryGroups implements DatabaseGroups {
  private final Projects projects;
  private final ConcurrentSkipListMap<GroupName, DatabaseGroup> groups =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(GroupName::project, CodePoints.ORDER)
              .thenComparing(GroupName::id, CodePoints.ORDER));

  MemoryGroups(Projects projects) {
    this.projects = projects;
  }

  @Override
  public DatabaseGroup create(DatabaseGroup group) {
    var project = group.name().project();
    if (projects.get(project).isEmpty()) {
      throw ApiException.notFound("projects/" + project);
    }
    if (groups.putIfAbsent(group.name(), group) != null) {
      throw ApiException.alreadyExists(group.name().toString());
    }
    return group;
  }

  @Override
  public Optional<DatabaseGroup> get(GroupName name) {
    return Optional.ofNullable(groups.get(name));
  }

  @Override
  public List<DatabaseGroup> list(String project, int limit, String afterId) {
    return groups.tailMap(new GroupName(project, afterId), false).values().stream()
        .takeWhile(group -> group.name().project().equals(project))
        .limit(limit)
        .toList();
  }

  @Override
  public DatabaseGroup update(DatabaseGroup group) {
    if (groups.replace(group.name(), group) == null) {
      throw ApiException.notFound(group.name().toString());
    }
    return group;
  }

  @Override
  public boolean delete(GroupName name) {
    return groups.remove(name) != null;
  }
}
