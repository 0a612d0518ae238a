// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plancheck.api.v1.Sheet;
import dev.plancheck.checks.ApiException;

/// From a sheet's message to its text.
public final class SheetFromProto {
  /// What a sheet may be long, in UTF-8 bytes.
  public static final int MAX_BYTES = 25 << 20;

  private SheetFromProto() {}

  public static String text(Sheet message) {
    var text = message.getContent();
    // Cheap first: no text has fewer bytes than UTF-16 units.
    if (text.length() > MAX_BYTES || text.getBytes(UTF_8).length > MAX_BYTES) {
      throw ApiException.invalid(
          "sheet.content",
          "sheet.content: %d characters (expected: at most 25 MiB in UTF-8; split the change into several sheets)"
              .formatted(text.length()));
    }
    return Text.check("sheet.content", text);
  }
}
