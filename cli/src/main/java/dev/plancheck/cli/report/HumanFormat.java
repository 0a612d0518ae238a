// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import dev.plancheck.engine.review.Status;
import java.io.IOException;
import java.util.List;

/// Findings of a lint for people: each with the place it is about, and a summary in the end.
public final class HumanFormat {
  private final Text text;

  public HumanFormat(Text text) {
    this.text = text;
  }

  public void write(LintReport report) throws IOException {
    for (var script : report.scripts()) {
      for (var finding : script.findings()) {
        text.finding(script.file(), finding, "", List.of());
      }
    }
    text.line(
        "%s in %s, %s"
            .formatted(
                text.counts(report.count(Status.ERROR), report.count(Status.WARNING)),
                Text.counted(report.statements(), "statement"),
                Text.counted(report.scripts().size(), "file")));
    text.coverage(report.unanalysed());
  }
}
