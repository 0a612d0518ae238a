// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.Engine;
import java.util.EnumSet;
import java.util.Optional;

/// What a review reports of its own accord: these have ids and pages like rules, but look at the
/// review itself, and no suppression can hide them.
public enum OwnFinding {
  SYNTAX_ERROR("review.syntax-error", "Syntax error", Level.ERROR, Level.ERROR),
  NOT_PARSED("review.not-parsed", "Could not be parsed", Level.WARNING, Level.WARNING),
  NOT_ANALYSED("review.not-analysed", "Not analysed", Level.WARNING, Level.WARNING),
  /// Of a sheet that is to be a wanted schema, and is not.
  DECLARATIVE_SHEET("declarative.sheet", "Not a wanted schema", Level.ERROR, Level.ERROR),
  DECLARATIVE_DROP(
      "declarative.drop", "Drops what the sheet does not name", Level.ERROR, Level.WARNING),
  RULE_FAILED("review.rule-failed", "A rule failed", Level.ERROR, Level.ERROR),
  MALFORMED_SUPPRESSION(
      "review.malformed-suppression", "Malformed suppression", Level.WARNING, Level.OFF),
  UNKNOWN_RULE("review.unknown-rule", "Suppression of an unknown rule", Level.WARNING, Level.OFF),
  UNUSED_SUPPRESSION("review.unused-suppression", "Unused suppression", Level.WARNING, Level.OFF);

  private final String id;
  private final String title;
  private final Level usual;
  private final Level least;

  OwnFinding(String id, String title, Level usual, Level least) {
    this.id = id;
    this.title = title;
    this.usual = usual;
    this.least = least;
  }

  public RuleInfo info() {
    return new RuleInfo(id, title, usual.status(), EnumSet.allOf(Engine.class), "0.1");
  }

  /// The lowest level that a policy may choose.
  public Level least() {
    return least;
  }

  public static Optional<OwnFinding> byId(String id) {
    for (var own : values()) {
      if (own.id.equals(id)) {
        return Optional.of(own);
      }
    }
    return Optional.empty();
  }
}
