// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words of a statement as they are written, where their case decides something that the statement
/// tree no longer knows.
final class Words {
  private static final Pattern NAME =
      Pattern.compile("`(?:[^`]|``)++`|\"(?:[^\"]|\"\")++\"|[\\w$\\x{80}-\\x{10FFFF}]++");
  private static final Pattern ASIDE =
      Pattern.compile("/\\*(?s:.*?)\\*/|--\\s[^\\n]*+|#[^\\n]*+|'(?:[^'\\\\]|''|\\\\.)*+'");

  private Words() {}

  /// Without comments and strings: each is a blank instead.
  static String bare(String text) {
    return ASIDE.matcher(text).replaceAll(" ");
  }

  /// The first name of a text, without quotes; null if it does not begin with one.
  static @Nullable String first(String text) {
    var name = NAME.matcher(bare(text).strip());
    return name.lookingAt() ? unquoted(name.group()) : null;
  }

  /// The last name of a text, without quotes; null if it has none.
  static @Nullable String last(String text) {
    var name = NAME.matcher(bare(text));
    String last = null;
    while (name.find()) {
      last = unquoted(name.group());
    }
    return last;
  }

  private static String unquoted(String name) {
    var quote = name.substring(0, 1);
    return quote.equals("`") || quote.equals("\"")
        ? name.substring(1, name.length() - 1).replace(quote + quote, quote)
        : name;
  }

  /// A name as SQL: `book`, with the quotes of these engines.
  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
