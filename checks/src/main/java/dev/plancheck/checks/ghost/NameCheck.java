// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

/// What gh-ost makes of the table's name, and which of its own names are taken.
final class NameCheck {
  private final GhostCase here;
  private final String table;

  private NameCheck(GhostCase here) {
    this.here = here;
    this.table = here.table().name();
  }

  static void find(GhostCase here) {
    var check = new NameCheck(here);
    check.signs();
    check.views();
    check.names();
  }

  private void signs() {
    if (table.contains("'") || table.contains("\\") || table.contains("`")) {
      here.find(
          GhostCode.NAME_PATTERN,
          here.alter().tableSpan(),
          "gh-ost puts the name %s into its queries as it is, where a quote or a backslash breaks them."
              .formatted(table),
          "Rename the table first, or change it without gh-ost.");
    }
  }

  /// gh-ost asks for its table with LIKE, and stops at the first view that it gets.
  private void views() {
    for (var view : here.views()) {
      if (!view.equals(table) && LikePattern.matches(table, view)) {
        here.find(
            GhostCode.NAME_PATTERN,
            here.alter().tableSpan(),
            "gh-ost takes the name %s for a pattern, which the view %s matches: it would refuse the table as a view."
                .formatted(table, view),
            "Rename the view, or change the table without gh-ost.");
      }
    }
  }

  private void names() {
    var names = new GhostNames(table);
    var copy = names.of("gho");
    var old = names.of("del");
    var changelog = names.of("ghc");
    if (copy.isEmpty() || old.isEmpty() || changelog.isEmpty()) {
      here.find(
          GhostCode.NAME_CUT,
          here.alter().tableSpan(),
          "gh-ost cuts its own names to 64 bytes, here within a character of %s: it would hang or fail."
              .formatted(table),
          "Change the table without gh-ost.");
      return;
    }
    taken(copy.get());
    taken(old.get());
    if (here.alike().contains(changelog.get())) {
      here.find(
          GhostCode.CHANGELOG_DROPPED,
          null,
          "There is a table %s: gh-ost drops it without asking.".formatted(changelog.get()),
          "Drop it if gh-ost left it behind, else rename it.");
    }
    shared(names.kept());
  }

  private void taken(String name) {
    here.alike().stream()
        .filter(other -> LikePattern.matches(name, other))
        .findFirst()
        .ifPresent(other ->
            here.find(
                GhostCode.LEFT_OVER,
                null,
                other.equals(name)
                    ? "There is a table %s already, and gh-ost stops at that.".formatted(name)
                    : "gh-ost takes the name of its own table %s for a pattern, which %s matches: it stops at that."
                        .formatted(name, other),
                "Drop it if gh-ost left it behind, else rename it."));
  }

  private void shared(String kept) {
    if (kept.equals(table)) {
      return;
    }
    for (var other : here.alike()) {
      if (!other.equals(table) && new GhostNames(other).kept().equals(kept)) {
        here.find(
            GhostCode.NAME_COLLISION,
            null,
            "gh-ost cuts its own names to 64 bytes: %s and %s would have the same copy."
                .formatted(table, other),
            "Never change both at the same time.");
      }
    }
  }
}
