// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.text.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which characters a change of character set loses in MySQL and MariaDB.
public final class CharacterLoss {
  /// They have every character.
  private static final Set<String> WHOLE =
      Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");

  /// They have all but those outside of the first 65,536.
  private static final Set<String> PLANE = Set.of("utf8mb3", "ucs2");

  private CharacterLoss() {}

  /// Whether some character of `from` has no place in `to`. An unknown old set may hold any
  /// character; `default` is whatever the database has, and loses nothing that is known here.
  public static boolean isPossible(@Nullable String from, String to) {
    var wanted = CharacterSets.canonical(to);
    var old = from == null ? "" : CharacterSets.canonical(from);
    return !wanted.equals(old)
        && !wanted.equals("default")
        && !WHOLE.contains(wanted)
        && !old.equals("ascii")
        && !(PLANE.contains(wanted) && (PLANE.contains(old) || old.equals("latin1")));
  }

  /// The sentences of a finding: `what` goes to `charset`.
  public static String message(String what, String charset, SqlMode mode) {
    return "Characters that %s does not have%s cannot stay in %s: %s. Use utf8mb4, which has all of them."
        .formatted(
            charset,
            PLANE.contains(CharacterSets.canonical(charset)) ? " (emoji, rare Chinese ones)" : "",
            what,
            switch (mode) {
              case STRICT -> "the statement fails at the first row with one, after hours perhaps";
              case LAX -> "each becomes a question mark, and no error tells";
              case UNKNOWN ->
                  "in strict mode the statement fails at the first row with one, else each becomes"
                      + " a question mark";
            });
  }

  /// A strict server refuses what it would lose, so that only the statement is lost.
  public static void report(Context context, Span at, String what, String charset) {
    var mode = SqlMode.of(context.session());
    if (mode == SqlMode.STRICT) {
      context.report(at, Status.WARNING, message(what, charset, mode));
    } else {
      context.report(at, message(what, charset, mode));
    }
  }
}
