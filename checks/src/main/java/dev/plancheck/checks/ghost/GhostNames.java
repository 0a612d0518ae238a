// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// gh-ost's own tables beside a table: `_book_gho`, `_book_ghc`, `_book_del`, in at most 64 bytes.
record GhostNames(String table) {
  private static final int MOST_BYTES = 64;

  /// Empty if the name would be cut within a character.
  Optional<String> of(String suffix) {
    var bytes = table.getBytes(StandardCharsets.UTF_8);
    var room = MOST_BYTES - 2 - suffix.length();
    if (bytes.length <= room) {
      return Optional.of("_%s_%s".formatted(table, suffix));
    }
    var continues = (bytes[room] & 0xC0) == 0x80;
    return continues
        ? Optional.empty()
        : Optional.of(
            "_%s_%s".formatted(new String(bytes, 0, room, StandardCharsets.UTF_8), suffix));
  }

  /// What is left of the name in gh-ost's own names; the whole of it if that is short enough.
  String kept() {
    return of("gho").map(name -> name.substring(1, name.length() - 4)).orElse(table);
  }
}
