// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// The port to where sheets are kept: once per text, never changed, and forgotten only when nothing
/// has named it for long. A project sees those that it gave itself and no others, though another
/// project may have given the same text.
public interface Sheets {
  /// Keeps a text, and lets the project see it; the same text again is the same sheet. Throws
  /// [ApiException] NOT_FOUND for an unknown project, and INVALID_ARGUMENT as [Sheet#of].
  Sheet put(String project, String text);

  /// Keeps a text that no project sees by that, such as one that was computed.
  Sheet put(String text);

  /// Keeps what was computed while a plan was checked: its project sees it, and it stays as long as
  /// the plan's present results may name it. Nothing is kept of a plan that does not exist.
  void keepComputed(PlanName plan, Sheet sheet);

  /// By SHA-256, lower-case hex, whoever may see it: for what names it rightly, as plans and runs
  /// do. Who asks for a user asks with the project.
  Optional<Sheet> get(String sha256);

  /// The sheet if the project sees it.
  Optional<Sheet> get(String project, String sha256);

  /// Those that the project sees, in one question and without their texts.
  Set<String> seen(String project, Collection<String> sha256);
}
