// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Messages over one socket: what is written is kept until [#send], what is read is one message at
/// a time. Numbers are big-endian, texts UTF-8.
///
/// No message is read that is longer than `mostBytes`, and what a length promises is not allocated
/// before it comes: a server that sends nonsense costs no memory.
final class Packets {
  private static final int BUFFER = 16_384;
  private static final int CHUNK = 1 << 20;

  private final Socket socket;
  private final DataInputStream in;
  private final int mostBytes;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER);
  private byte[] body = new byte[0];
  private int at;

  Packets(Socket socket, int mostBytes) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    this.mostBytes = mostBytes;
  }

  /// Writes a message of a type; its length is counted here.
  Packets add(char type, byte[]... parts) {
    out.write(type);
    return addUntyped(parts);
  }

  /// A message of the time before types: start-up, TLS, cancel.
  Packets addUntyped(byte[]... parts) {
    var length = 4;
    for (var part : parts) {
      length = Math.addExact(length, part.length);
    }
    out.writeBytes(int32(length));
    for (var part : parts) {
      out.writeBytes(part);
    }
    return this;
  }

  void send() throws IOException {
    out.writeTo(socket.getOutputStream());
    out.reset();
  }

  static byte[] int16(int number) {
    return new byte[] {(byte) (number >>> 8), (byte) number};
  }

  static byte[] int32(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  /// Ends with a zero byte, so it must have none. Throws [IllegalArgumentException] otherwise.
  static byte[] text(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text with a zero character (expected: none)");
    }
    return (text + '\0').getBytes(StandardCharsets.UTF_8);
  }

  /// The answer to the question for TLS: one byte outside of any message.
  char readByte() throws IOException {
    return (char) in.readUnsignedByte();
  }

  /// Bytes that came with it unasked.
  boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  /// Reads the next message and returns its type.
  char next() throws IOException {
    var type = (char) in.readUnsignedByte();
    var length = in.readInt() - 4;
    if (length < 0 || length > mostBytes) {
      throw new ProtocolException(
          "it sent a message of %d bytes (expected: 0 to %d)".formatted(length, mostBytes));
    }
    body = length <= CHUNK ? new byte[length] : in.readNBytes(length);
    if (length <= CHUNK) {
      in.readFully(body);
    } else if (body.length < length) {
      throw new EOFException();
    }
    at = 0;
    return type;
  }

  int length() {
    return body.length;
  }

  int int32() throws IOException {
    need(4);
    at += 4;
    return ByteBuffer.wrap(body, at - 4, 4).getInt();
  }

  int int16() throws IOException {
    need(2);
    at += 2;
    return ByteBuffer.wrap(body, at - 2, 2).getShort() & 0xffff;
  }

  /// Up to a zero byte.
  String text() throws IOException {
    var end = at;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    var text = text(end - at);
    need(1);
    at++;
    return text;
  }

  /// Of so many bytes.
  String text(int bytes) throws IOException {
    need(bytes);
    var text = new String(body, at, bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      requireUtf8(bytes);
    }
    at += bytes;
    return text;
  }

  byte[] rest() {
    var rest = java.util.Arrays.copyOfRange(body, at, body.length);
    at = body.length;
    return rest;
  }

  boolean isAtEnd() {
    return at == body.length;
  }

  private void need(int bytes) throws IOException {
    if (bytes < 0 || bytes > body.length - at) {
      throw new ProtocolException("it sent a message that ends too early");
    }
  }

  /// A database without an encoding sends bytes as they are.
  private void requireUtf8(int bytes) throws IOException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, at, bytes));
    } catch (CharacterCodingException e) {
      throw new ProtocolException("it sent text that is not UTF-8", e);
    }
  }
}
