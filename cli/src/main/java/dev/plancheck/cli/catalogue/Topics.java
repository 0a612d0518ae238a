// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.catalogue;

import dev.plancheck.checks.ghost.GhostCode;
import dev.plancheck.checks.ghost.GhostPage;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.rules.Rules;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What `explain` can tell of: rules, findings of the review itself, and those of GHOST_SYNC.
final class Topics {
  private Topics() {}

  /// Rules first, sorted; then the findings of GHOST_SYNC in the order in which they are looked
  /// for.
  static List<String> ids() {
    return Stream.concat(
            Rules.infos().stream().map(RuleInfo::id),
            Arrays.stream(GhostCode.values()).map(GhostCode::id))
        .toList();
  }

  /// Markdown; empty for an unknown id.
  static Optional<String> page(String id) {
    return Rules.page(id).or(() -> GhostCode.byId(id).map(Topics::page));
  }

  private static String page(GhostCode code) {
    return page(code, code.page());
  }

  private static String page(GhostCode code, GhostPage page) {
    var text =
        """
        # %s

        %s.

        ## What it means

        %s

        ## What to do

        %s
        """
            .formatted(code.id(), code.title(), page.meaning(), page.remedy());
    return page.more().isEmpty()
        ? text
        : text + "\n## Background\n\n" + String.join("\n\n", page.more()) + "\n";
  }

  /// What completes the command.
  static final class Ids implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ids().iterator();
    }
  }
}
