// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import java.util.List;

/// What a review found, sorted by place and then by rule; `statements` counts all statements of the
/// script, `unanalysed` those that no rule could look at.
public record ReviewResult(List<Finding> findings, int statements, int unanalysed) {
  public ReviewResult {
    findings = List.copyOf(findings);
  }

  /// The worst status of all findings; SUCCESS if there is none.
  public Status worst() {
    return findings.stream().map(Finding::status).reduce(Status.SUCCESS, Status::worse);
  }
}
