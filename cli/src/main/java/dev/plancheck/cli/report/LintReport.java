// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import dev.plancheck.engine.review.Status;
import java.util.List;

/// The answer of `lint`: the scripts in the order they were named.
public record LintReport(List<ScriptReport> scripts) {
  public LintReport {
    scripts = List.copyOf(scripts);
  }

  int statements() {
    return scripts.stream().mapToInt(ScriptReport::statements).sum();
  }

  int unanalysed() {
    return scripts.stream().mapToInt(ScriptReport::unanalysed).sum();
  }

  int count(Status status) {
    return scripts.stream().mapToInt(script -> script.count(status)).sum();
  }

  /// The worst finding, SUCCESS when there is none.
  public Status worst() {
    return scripts.stream()
        .flatMap(script -> script.findings().stream())
        .map(dev.plancheck.engine.review.Finding::status)
        .reduce(Status.SUCCESS, Status::worse);
  }
}
