// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.report;

import dev.plancheck.cli.input.ScriptFile;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.util.List;

/// What was found in one script. `unanalysed` of its `statements` were not understood.
public record ScriptReport(
    ScriptFile file, int statements, int unanalysed, List<Finding> findings) {
  public ScriptReport {
    findings = List.copyOf(findings);
  }

  int count(Status status) {
    return (int) findings.stream().filter(finding -> finding.status() == status).count();
  }
}
