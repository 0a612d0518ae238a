// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.OnlineDdl;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.schema.Schema;
import java.util.Optional;

/// Whether the server makes the change by itself without holding up writes, so that gh-ost would
/// copy the table for nothing.
final class NotNeeded {
  private NotNeeded() {}

  /// `before` is the database as the sheet finds it.
  static Optional<Finding> find(Script script, Schema before) {
    return GhostAlter.of(script).isEmpty()
        ? Optional.empty()
        : OnlineDdl.of(script.statements().getFirst(), before)
            .flatMap(known -> find(known, before))
            .map(content -> {
              var code = GhostCode.NOT_NEEDED;
              return new Finding(code.id(), code.status(), code.title(), content, null);
            });
  }

  private static Optional<String> find(OnlineDdl known, Schema before) {
    return switch (known) {
      case OnlineDdl.Unknown _ -> Optional.empty();
      case OnlineDdl.Known(var work, _, _, var refused) ->
          refused != null || work.algorithm() == Algorithm.COPY || work.blocksWrites()
              ? Optional.empty()
              : Optional.of(
                  "%s does this ALTER by itself while writes go on (%s). %s"
                      .formatted(before.version(), work, advice(work)));
    };
  }

  private static String advice(Work work) {
    if (work.algorithm() == Algorithm.INSTANT) {
      return "It is done at once: gh-ost would copy the table for nothing.";
    }
    return work.rebuild()
        ? "Replicas fall behind for as long as it takes to write the table anew: where they may"
            + " not, gh-ost is still the better way."
        : "Replicas fall behind for as long as it takes, which is less than a copy of the table.";
  }
}
