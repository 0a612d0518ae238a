// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.input;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// From bytes to text: UTF-8 with or without a byte order mark, and nothing else, because a guess
/// would move every position that is reported later.
final class ScriptDecoder {
  private static final int SAMPLE = 1000;

  private ScriptDecoder() {}

  static String decode(byte[] bytes) throws UnreadableException {
    refuseUtf16(bytes);
    refuseBinary(bytes);
    var mark = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    var text = new String(bytes, mark, bytes.length - mark, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      refuseMalformed(bytes);
    }
    return text;
  }

  private static void refuseUtf16(byte[] bytes) throws UnreadableException {
    var zeros = 0;
    var sample = Math.min(bytes.length, SAMPLE);
    for (var i = 0; i < sample; i++) {
      zeros += bytes[i] == 0 ? 1 : 0;
    }
    var everySecondIsZero = sample >= 4 && zeros * 3 > sample;
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF) || everySecondIsZero) {
      throw new UnreadableException(
          "looks like UTF-16 (expected: UTF-8); convert it with: iconv -f UTF-16 -t UTF-8");
    }
  }

  private static void refuseBinary(byte[] bytes) throws UnreadableException {
    for (var i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new UnreadableException(
            "is a binary file: byte %d is NUL (expected: SQL text)".formatted(i));
      }
    }
  }

  /// A replacement character may really stand in the file: only the strict decoder knows.
  private static void refuseMalformed(byte[] bytes) throws UnreadableException {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(8192);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var step = decoder.decode(in, out, true);
    while (step.isOverflow()) {
      out.clear();
      step = decoder.decode(in, out, true);
    }
    if (step.isError()) {
      var offset = in.position();
      throw new UnreadableException(
          "is not UTF-8: byte 0x%02X at offset %d, line %d; convert it, for example with: iconv -f ISO-8859-1 -t UTF-8"
              .formatted(bytes[offset], offset, line(bytes, offset)));
    }
  }

  private static int line(byte[] bytes, int offset) {
    var line = 1;
    for (var i = 0; i < offset; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static boolean startsWith(byte[] bytes, int... wanted) {
    if (bytes.length < wanted.length) {
      return false;
    }
    for (var i = 0; i < wanted.length; i++) {
      if ((bytes[i] & 0xFF) != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
