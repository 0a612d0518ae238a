// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.Engine;
import java.util.Set;

/// A rule's card: `id` is `topic.kebab-name`, read as "allow ..."; `title` says the hazard in a few
/// words; `severity` is the default; `since` is the version of plancheck that brought it. `usual`
/// is the level when no policy speaks of it: that of the severity, or OFF for what is a matter of a
/// house's own rules.
public record RuleInfo(
    String id, String title, Status severity, Set<Engine> engines, String since, Level usual) {
  /// The engines whose SQL is that of MySQL, for rules that are about them only.
  public static final Set<Engine> MYSQL_FAMILY = Set.of(Engine.MYSQL, Engine.MARIADB);

  public static final Set<Engine> ALL_ENGINES = Set.of(Engine.values());

  /// A rule that is on.
  public RuleInfo(String id, String title, Status severity, Set<Engine> engines, String since) {
    this(id, title, severity, engines, since, Level.of(severity));
  }

  public RuleInfo {
    if (severity == Status.SUCCESS) {
      throw new IllegalArgumentException(
          "severity of %s: SUCCESS (expected: WARNING or ERROR)".formatted(id));
    }
    if (usual != Level.OFF && usual != Level.of(severity)) {
      throw new IllegalArgumentException(
          "usual level of %s: %s (expected: OFF or %s)".formatted(id, usual, severity));
    }
    engines = Set.copyOf(engines);
  }

  /// Whether nothing but a policy switches it on.
  public boolean isOptIn() {
    return usual == Level.OFF;
  }

  /// The packages are the topics.
  public String topic() {
    return id.substring(0, id.indexOf('.'));
  }
}
