// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects all that is found, each thing once.
final class Findings {
  private final SourceText source;
  private final Set<Finding> found = new LinkedHashSet<>();
  private final Set<String> questions = new LinkedHashSet<>();

  Findings(SourceText source) {
    this.source = source;
  }

  /// `what` says what gh-ost would do, `remedy` what to do about it: sentences.
  void add(GhostCode code, @Nullable Span at, String what, String remedy) {
    found.add(
        new Finding(
            code.id(),
            code.status(),
            code.title(),
            remedy.isEmpty() ? what : what + " " + remedy,
            at == null ? null : source.range(at)));
  }

  void add(Finding finding) {
    found.add(finding);
  }

  void unknown(String reason) {
    add(
        GhostCode.UNKNOWN,
        null,
        reason + ".",
        "Without that it is not known whether gh-ost would succeed.");
  }

  /// Remembers a query that finds a row which would be lost.
  void ask(String question) {
    questions.add(question);
  }

  List<String> questions() {
    return new ArrayList<>(questions);
  }

  boolean has(GhostCode code) {
    return found.stream().anyMatch(finding -> finding.rule().equals(code.id()));
  }

  /// Whether something was not found out that decides.
  boolean leavesOpen() {
    return has(GhostCode.UNKNOWN)
        || has(GhostCode.COPY_DIFFERS)
        || has(GhostCode.COPY_SKIPPED)
        || has(GhostCode.SCRATCH_MISSING)
        || has(GhostCode.SCRATCH_GRANTS);
  }

  boolean hasErrors() {
    return found.stream().anyMatch(finding -> finding.status() == Status.ERROR);
  }

  List<Finding> list() {
    return new ArrayList<>(found);
  }
}
