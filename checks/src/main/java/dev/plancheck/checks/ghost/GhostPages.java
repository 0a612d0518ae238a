// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Reads `GhostCode.md`: a section is the heading `## ghost.left-over` and at least two paragraphs.
final class GhostPages {
  private static final String PAGE = "GhostCode.md";
  private static final String HEADING = "\n## ";

  private GhostPages() {}

  static GhostPage of(GhostCode code) {
    var page = sections().get(code.id());
    if (page == null) {
      throw new IllegalStateException("%s says nothing of %s".formatted(PAGE, code.id()));
    }
    return page;
  }

  /// By id, in the order of the file.
  static Map<String, GhostPage> sections() {
    var sections = new LinkedHashMap<String, GhostPage>();
    var parts = Arrays.asList(text().split(HEADING, -1));
    for (var part : parts.subList(1, parts.size())) {
      var paragraphs = List.of(part.strip().split("\\n\\s*\\n"));
      var id = paragraphs.getFirst().strip();
      if (paragraphs.size() < 3) {
        throw new IllegalStateException(
            "%s: %s has %d paragraphs (expected: what it means, and what to do)"
                .formatted(PAGE, id, paragraphs.size() - 1));
      }
      var page =
          new GhostPage(
              paragraphs.get(1), paragraphs.get(2), paragraphs.subList(3, paragraphs.size()));
      if (sections.put(id, page) != null) {
        throw new IllegalStateException("%s: two sections of %s".formatted(PAGE, id));
      }
    }
    return sections;
  }

  private static String text() {
    try (var page = Objects.requireNonNull(GhostPages.class.getResourceAsStream(PAGE), PAGE)) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("page " + PAGE, e);
    }
  }
}
