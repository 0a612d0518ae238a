// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import dev.plancheck.engine.review.RuleInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Finds the Markdown page that ships in the jar beside a rule's class.
final class Pages {
  private Pages() {}

  /// `index/CreateWithoutConcurrently.md` for `index.create-without-concurrently`.
  static String path(String id) {
    var dot = id.indexOf('.');
    var words = Arrays.stream(id.substring(dot + 1).split("-", -1));
    return id.substring(0, dot)
        + "/"
        + words
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining())
        + ".md";
  }

  static String text(RuleInfo info) {
    var path = path(info.id());
    try (var page = Pages.class.getResourceAsStream(path)) {
      if (page == null) {
        throw new IllegalStateException("rule %s: no page at %s".formatted(info.id(), path));
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("page " + path, e);
    }
  }
}
