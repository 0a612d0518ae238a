// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.catalogue;

import dev.plancheck.checks.ghost.GhostCode;
import dev.plancheck.cli.terminal.Cells;
import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.engine.review.Status;
import dev.plancheck.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One line for each topic: id, severity, title.
final class Overview {
  private final Paint paint;
  private final int width = Topics.ids().stream().mapToInt(String::length).max().orElse(0);
  private final List<String> lines = new ArrayList<>();

  private Overview(Paint paint) {
    this.paint = paint;
  }

  /// Rules, and then the findings of GHOST_SYNC.
  static List<String> lines(Paint paint) {
    var overview = new Overview(paint);
    var rules = overview.rules();
    overview.lines.add("");
    overview.lines.add(paint.strong("Findings of GHOST_SYNC"));
    for (var code : GhostCode.values()) {
      overview.add(code.id(), code.status(), code.title());
    }
    overview.lines.add("");
    overview.lines.add(
        "%d rules, %d findings of GHOST_SYNC; 'plancheck explain ID' shows the page of one."
            .formatted(rules, GhostCode.values().length));
    return overview.lines;
  }

  private int rules() {
    var infos = Rules.infos();
    lines.add(paint.strong("Rules"));
    for (var info : infos) {
      add(info.id(), info.isOptIn() ? null : info.severity(), info.title());
    }
    return infos.size();
  }

  /// Without a status: off unless a policy switches it on.
  private void add(String id, @Nullable Status status, String title) {
    lines.add("%s  %s  %s".formatted(Cells.fit(id, width), severity(status), title));
  }

  private String severity(@Nullable Status status) {
    var word =
        Optional.ofNullable(status).map(one -> one.name().toLowerCase(Locale.ROOT)).orElse("off");
    var fitted = Cells.fit(word, Status.WARNING.name().length());
    return status == Status.ERROR
        ? paint.error(fitted)
        : status == null ? fitted : paint.warning(fitted);
  }
}
