// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;

/// A list of messages as JSON in the making, which knows its size in bytes.
final class JsonList {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final StringBuilder json = new StringBuilder();
  private long bytes;
  private int lengthOfMark;
  private long bytesOfMark;

  void add(Message message) {
    var start = json.length();
    if (start > 0) {
      json.append(',');
    }
    try {
      PRINTER.appendTo(message, json);
    } catch (IOException e) {
      throw new IllegalArgumentException("not printable: " + message.getClass().getName(), e);
    }
    bytes += bytesFrom(start);
  }

  boolean isEmpty() {
    return json.isEmpty();
  }

  /// In UTF-8, without the brackets.
  long bytes() {
    return bytes;
  }

  void appendTo(StringBuilder text) {
    text.append('[').append(json).append(']');
  }

  /// Remembers what is there, for [#rollback].
  void mark() {
    lengthOfMark = json.length();
    bytesOfMark = bytes;
  }

  /// Forgets what came after the mark.
  void rollback() {
    json.setLength(lengthOfMark);
    bytes = bytesOfMark;
  }

  /// Half of a pair counts two, so that both are four.
  private long bytesFrom(int start) {
    var count = 0L;
    for (var index = start; index < json.length(); index++) {
      var unit = json.charAt(index);
      count += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
    return count;
  }
}
