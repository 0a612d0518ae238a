// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import build.buf.protovalidate.Violation;
import java.util.List;

/// Says in words what a broken constraint expects. The value is never repeated: it may be a
/// password in the wrong field.
final class Wording {
  private record Part(String pattern, String words) {}

  private static final Part ID = new Part("[a-z]([a-z0-9-]{0,61}[a-z0-9])?", "{id}");
  private static final String ID_IS =
      "lower-case letters, digits and hyphens, beginning with a letter, at most 63";

  /// The parts of our patterns, in the order in which they are put in words.
  private static final List<Part> PARTS =
      List.of(
          new Part("(?s)^", ""),
          new Part("^", ""),
          new Part("$", ""),
          ID,
          new Part("(-|{id})", "{id}"),
          new Part("[1-9][0-9]{0,17}", "{number}"),
          new Part("[0-9a-f]{64}", "{sha256}"),
          new Part("/databases/.+", "/databases/{name}"));

  private Wording() {}

  static String of(Violation violation) {
    var message = violation.toProto();
    var rule = violation.getRuleValue();
    return message.getRuleId().equals("string.pattern") && rule != null
        ? ofPattern(String.valueOf(rule.getValue()), message.getMessage())
        : message.getMessage();
  }

  private static String ofPattern(String pattern, String otherwise) {
    var words = pattern;
    for (var part : PARTS) {
      words = words.replace(part.pattern(), part.words());
    }
    if (words.equals(ID.words())) {
      return "is no id (expected: %s)".formatted(ID_IS);
    }
    return words.contains(ID.words())
        ? "has another form (expected: %s, an id being %s)".formatted(words, ID_IS)
        : otherwise;
  }
}
