// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/// Stored messages as protobuf JSON. Reading is strict: a field or a value that this version does
/// not know is an error and not a loss.
final class StoredJson {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser();

  private StoredJson() {}

  static String print(Message message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not printable: " + message.getClass().getName(), e);
    }
  }

  /// Fills `message`; `what` names the value in the error.
  static <B extends Message.Builder> B parse(String json, B message, String what) {
    try {
      PARSER.merge(json, message);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new StoredFormatException(what, e);
    }
  }
}
