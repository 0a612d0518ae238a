// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.Engine;
import java.util.Set;

/// A rule's card: `id` is `topic.kebab-name`, read as "allow ..."; `title` says the hazard in a few
/// words; `severity` is the default; `since` is the version of plancheck that brought it.
public record RuleInfo(
    String id, String title, Status severity, Set<Engine> engines, String since) {
  /// The engines whose SQL is that of MySQL, for rules that are about them only.
  public static final Set<Engine> MYSQL_FAMILY = Set.of(Engine.MYSQL, Engine.MARIADB);

  public static final Set<Engine> ALL_ENGINES = Set.of(Engine.values());

  public RuleInfo {
    if (severity == Status.SUCCESS) {
      throw new IllegalArgumentException(
          "severity of %s: SUCCESS (expected: WARNING or ERROR)".formatted(id));
    }
    engines = Set.copyOf(engines);
  }

  /// The packages are the topics.
  public String topic() {
    return id.substring(0, id.indexOf('.'));
  }
}
