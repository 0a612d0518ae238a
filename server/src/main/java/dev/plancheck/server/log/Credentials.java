// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.log;

import java.util.regex.Pattern;

/// Hides what looks like a credential in a text that is about to be logged: the last line of
/// defence, for texts that come from drivers and libraries. Our own code never logs one.
final class Credentials {
  private static final String HIDDEN = "********";

  /// `postgresql://user:secret@host`: everything up to the last `@` of the authority, since people
  /// forget to percent-encode an `@` of their password. JSON may write a slash as `\\/`.
  private static final Pattern IN_URL =
      Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*:(?:\\\\?/){2})[^\\s/\"'<>]*@");

  /// `password=secret`, `"password": "secret"`, `PGPASSWORD=secret`, also inside a JSON string.
  private static final Pattern NAMED =
      Pattern.compile(
          "(?<name>(?:password|passwd|passphrase|secret|token)\\\\?[\"']?\\s*[=:]\\s*)"
              + "(?:\\\\?\"(?:[^\"\\\\]|\\\\[^\"])*\\\\?\"|'[^']*'|[^\\s\"'&,;})\\\\]+)",
          Pattern.CASE_INSENSITIVE);

  private Credentials() {}

  static String hide(String text) {
    var withoutUrls = IN_URL.matcher(text).replaceAll("${scheme}" + HIDDEN + "@");
    return NAMED.matcher(withoutUrls).replaceAll("${name}" + HIDDEN);
  }
}
