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
import org.jspecify.annotations.Nullable;

/// Whether the server makes the change by itself without holding up writes, so that gh-ost would
/// copy the table for nothing.
final class NotNeeded {
  private NotNeeded() {}

  /// `before` is the database as the sheet finds it; `tried` is what the server did on an empty
  /// copy of the table, null where nobody tried.
  static Optional<Finding> find(Script script, Schema before, @Nullable Work tried) {
    return GhostAlter.of(script).isEmpty()
        ? Optional.empty()
        : OnlineDdl.of(script.statements().getFirst(), before)
            .flatMap(known -> work(known, tried))
            .filter(work -> work.algorithm() != Algorithm.COPY && !work.blocksWrites())
            .map(work -> {
              var code = GhostCode.NOT_NEEDED;
              var content =
                  "%s does this ALTER by itself while writes go on (%s%s). %s"
                      .formatted(
                          before.version(),
                          work,
                          tried == null ? "" : "; tried on an empty copy",
                          advice(work));
              return new Finding(code.id(), code.status(), code.title(), content, null);
            });
  }

  /// Where both are known what costs more counts: a copy has no past, as row versions that the
  /// table has used up.
  private static Optional<Work> work(OnlineDdl known, @Nullable Work tried) {
    return switch (known) {
      case OnlineDdl.Unknown _ -> Optional.ofNullable(tried);
      case OnlineDdl.Known(var work, _, _, var refused) -> {
        if (refused != null) {
          yield Optional.empty();
        }
        yield Optional.of(tried == null ? work : both(work, tried));
      }
    };
  }

  private static Work both(Work foretold, Work tried) {
    return foretold.algorithm() == tried.algorithm()
        ? foretold.and(new Work(tried.algorithm(), false, tried.lock()))
        : foretold.and(tried);
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
