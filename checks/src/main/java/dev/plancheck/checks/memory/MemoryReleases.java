// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.Release;
import dev.plancheck.checks.plan.ReleaseName;
import dev.plancheck.checks.plan.Releases;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Releases in memory.
final class MemoryReleases implements Releases {
  private final Projects projects;
  private final InstantSource clock;
  private final ConcurrentSkipListMap<ReleaseName, Release> releases =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(ReleaseName::project, CodePoints.ORDER)
              .thenComparing(ReleaseName::id, CodePoints.ORDER));

  MemoryReleases(Projects projects, InstantSource clock) {
    this.projects = projects;
    this.clock = clock;
  }

  @Override
  public Release create(ReleaseName name, String title, List<Release.File> files) {
    if (projects.get(name.project()).isEmpty()) {
      throw ApiException.notFound("projects/" + name.project());
    }
    var release = new Release(name, title, files, clock.instant());
    if (releases.putIfAbsent(name, release) != null) {
      throw ApiException.alreadyExists(name.toString());
    }
    return release;
  }

  @Override
  public Optional<Release> get(ReleaseName name) {
    return Optional.ofNullable(releases.get(name));
  }

  @Override
  public List<Release> list(String project, int limit, String afterId) {
    return releases.tailMap(new ReleaseName(project, afterId), false).values().stream()
        .takeWhile(release -> release.name().project().equals(project))
        .limit(limit)
        .toList();
  }
}
