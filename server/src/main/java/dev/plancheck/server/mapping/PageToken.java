// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.plancheck.checks.ApiException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// Where the next page of one list begins, as an opaque text. It carries a digest of the question
/// (list, parent, filters), so that it is refused for any other question and when it was changed;
/// every server understands it, also after a restart. It is no secret.
public final class PageToken {
  private static final int DIGEST_BYTES = 9;
  private static final int MAX_LENGTH = 2_000;

  private final byte[] question;

  private PageToken(byte[] question) {
    this.question = question;
  }

  /// The question is the request without its page, and what else must be the same on all pages.
  public static PageToken of(Message request, Object... more) {
    var question = request.toBuilder();
    for (var field : request.getDescriptorForType().getFields()) {
      if (field.getName().equals("page_size") || field.getName().equals("page_token")) {
        question.clearField(field);
      }
    }
    var text = request.getDescriptorForType().getFullName() + Arrays.toString(more);
    return new PageToken(
        question.build().toByteString().concat(ByteString.copyFromUtf8(text)).toByteArray());
  }

  /// `cursor` is not empty.
  public String write(String cursor) {
    var text = cursor.getBytes(UTF_8);
    var token = Arrays.copyOf(digest(text), DIGEST_BYTES + text.length);
    System.arraycopy(text, 0, token, DIGEST_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /// The cursor that was written, or the empty text for the first page. Throws [ApiException]
  /// INVALID_ARGUMENT for a token of another question, or of nobody.
  public String read(String token) {
    if (token.isEmpty()) {
      return "";
    }
    var cursor = cursor(token);
    if (cursor.isEmpty() || !write(cursor).equals(token)) {
      throw foreign();
    }
    return cursor;
  }

  /// As [#read], for cursors that are numbers from 0; `first` is what the first page begins with.
  public long readNumber(String token, long first) {
    var cursor = read(token);
    try {
      return cursor.isEmpty() ? first : Long.parseUnsignedLong(cursor);
    } catch (NumberFormatException e) {
      throw foreign();
    }
  }

  private static String cursor(String token) {
    if (token.length() > MAX_LENGTH) {
      throw foreign();
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(token);
      var length = Math.max(0, bytes.length - DIGEST_BYTES);
      return new String(bytes, bytes.length - length, length, UTF_8);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  private byte[] digest(byte[] cursor) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(question);
      digest.update((byte) 0);
      return Arrays.copyOf(digest.digest(cursor), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static ApiException foreign() {
    return ApiException.invalid(
        "page_token",
        "page_token: not one that this list gave (expected: next_page_token of the page before,"
            + " with the same filters)");
  }
}
