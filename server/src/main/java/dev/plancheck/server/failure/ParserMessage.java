// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.failure;

import java.util.List;
import java.util.regex.Pattern;

/// What may be repeated of a parser's message about a request: names of fields and types, never
/// values, because a value may be a password in the wrong place.
final class ParserMessage {
  private static final List<Pattern> NAMES_ONLY =
      List.of(
          Pattern.compile("Cannot find field: \\S+ in message \\S+"),
          Pattern.compile("Field \\S+ has already been set\\."),
          Pattern.compile("Cannot set field \\S+ because .*"));

  private ParserMessage() {}

  static String withoutValues(String message) {
    if (NAMES_ONLY.stream().anyMatch(form -> form.matcher(message).matches())) {
      return message;
    }
    var colon = message.indexOf(':');
    return colon < 0 ? message : message.substring(0, colon);
  }
}
