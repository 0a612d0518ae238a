// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Markdown page as far as tests look at it: its title, its headings, its fenced blocks.
public record RulePage(String text, String title, List<String> headings, List<Block> blocks) {
  private static final Pattern FENCE = Pattern.compile("```(\\S*)\\s*(.*)");

  public RulePage {
    headings = List.copyOf(headings);
    blocks = List.copyOf(blocks);
  }

  /// A fenced block: `line` is that of its first line of text, 1-based; `words` are those behind
  /// the language without an equals sign, `attributes` the others.
  public record Block(
      int line,
      String language,
      List<String> words,
      Map<String, String> attributes,
      List<String> lines) {
    public Block {
      words = List.copyOf(words);
      attributes = Map.copyOf(attributes);
      lines = List.copyOf(lines);
    }

    public String text() {
      return String.join("\n", lines) + "\n";
    }

    public Optional<String> attribute(String name) {
      return Optional.ofNullable(attributes.get(name));
    }

    /// Whether this is SQL that is reviewed, not a finding and not a schema.
    public boolean isReviewed() {
      return language.equals("sql") && !isSchema();
    }

    public boolean isSchema() {
      return language.equals("sql") && !words.isEmpty() && words.getFirst().equals("schema");
    }
  }

  public static RulePage of(String text) {
    var lines = text.lines().toList();
    var headings = new ArrayList<String>();
    var blocks = new ArrayList<Block>();
    var title = "";
    for (var at = 0; at < lines.size(); at++) {
      var line = lines.get(at);
      var fence = FENCE.matcher(line);
      if (fence.matches()) {
        var end = endOfBlock(lines, at);
        blocks.add(block(at + 2, fence.group(1), fence.group(2), lines.subList(at + 1, end)));
        at = end;
      } else if (line.startsWith("# ")) {
        title = line.substring(2).strip();
      } else if (line.startsWith("## ")) {
        headings.add(line.substring(3).strip());
      }
    }
    return new RulePage(text, title, headings, blocks);
  }

  private static int endOfBlock(List<String> lines, int start) {
    for (var at = start + 1; at < lines.size(); at++) {
      if (lines.get(at).equals("```")) {
        return at;
      }
    }
    throw new IllegalArgumentException("line %d: this block never ends".formatted(start + 1));
  }

  private static Block block(int line, String language, String info, List<String> lines) {
    var words = new ArrayList<String>();
    var attributes = new LinkedHashMap<String, String>();
    for (var word : info.strip().split("\\s+", -1)) {
      var equals = word.indexOf('=');
      if (equals > 0) {
        attributes.put(word.substring(0, equals), word.substring(equals + 1));
      } else if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return new Block(line, language, words, attributes, lines);
  }
}
