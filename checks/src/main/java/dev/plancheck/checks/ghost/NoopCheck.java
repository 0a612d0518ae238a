// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import org.jspecify.annotations.Nullable;

/// What gh-ost's own noop adds: told beside what was foretold, of which it takes nothing back.
final class NoopCheck {
  private NoopCheck() {}

  static void find(GhostAlter alter, @Nullable Noop noop, Findings findings) {
    switch (noop) {
      case null -> {}
      case Noop.Fine _ -> {}
      case Noop.Refused(var exit, var words) ->
          findings.add(
              GhostCode.NOOP,
              alter.span(),
              "gh-ost's own noop ended with exit code %d: %s.".formatted(exit, words),
              "See what it says when it is run by hand, without --execute.");
      case Noop.Untold(var reason) -> findings.unknown(reason);
    }
  }

  /// A sentence for the success; empty where gh-ost was not asked.
  static String said(@Nullable Noop noop) {
    return noop instanceof Noop.Fine ? "gh-ost's own noop ended well." : "";
  }
}
