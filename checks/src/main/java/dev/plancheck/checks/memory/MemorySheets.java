// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.plan.Sheets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Sheets in memory.
final class MemorySheets implements Sheets {
  private record Reference(String project, String sha256) {}

  private final Projects projects;
  private final ConcurrentHashMap<String, Sheet> sheets = new ConcurrentHashMap<>();
  private final Set<Reference> references = ConcurrentHashMap.newKeySet();

  MemorySheets(Projects projects) {
    this.projects = projects;
  }

  @Override
  public Sheet put(String project, String text) {
    if (projects.get(project).isEmpty()) {
      throw ApiException.notFound("projects/" + project);
    }
    var sheet = put(text);
    references.add(new Reference(project, sheet.sha256()));
    return sheet;
  }

  @Override
  public Sheet put(String text) {
    var sheet = Sheet.of(text);
    sheets.putIfAbsent(sheet.sha256(), sheet);
    return sheet;
  }

  @Override
  public void keepComputed(PlanName plan, Sheet sheet) {
    if (projects.get(plan.project()).isPresent()) {
      put(plan.project(), sheet.text());
    }
  }

  @Override
  public Optional<Sheet> get(String sha256) {
    return Optional.ofNullable(sheets.get(sha256));
  }

  @Override
  public Optional<Sheet> get(String project, String sha256) {
    return references.contains(new Reference(project, sha256)) ? get(sha256) : Optional.empty();
  }

  @Override
  public Set<String> seen(String project, Collection<String> sha256) {
    return sha256.stream()
        .filter(one -> references.contains(new Reference(project, one)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
