// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.policy;

import dev.plancheck.engine.schema.SizeBorders;
import java.util.List;
import java.util.function.ToLongFunction;
import org.yaml.snakeyaml.nodes.Node;

/// Reads where small tables end and large ones begin.
final class SizeReader {
  private final StrictYaml yaml;
  private Border small =
      new Border(SizeBorders.DEFAULT.smallRows(), SizeBorders.DEFAULT.smallBytes());
  private Border large =
      new Border(SizeBorders.DEFAULT.largeRows(), SizeBorders.DEFAULT.largeBytes());

  SizeReader(StrictYaml yaml) {
    this.yaml = yaml;
  }

  private record Border(long rows, long bytes) {}

  SizeBorders read(Node sizes) {
    yaml.entries(sizes, "sizes")
        .forEach((key, value) -> {
          switch (key.getValue()) {
            case "small" -> small = border("small", value, small);
            case "large" -> large = border("large", value, large);
            default ->
                yaml.problem(key, PolicyReader.unknown(key.getValue(), List.of("small", "large")));
          }
        });
    if (small.rows > large.rows || small.bytes > large.bytes) {
      yaml.problem(sizes, "small is larger than large (expected: small <= large, each)");
    }
    return new SizeBorders(small.rows, small.bytes, large.rows, large.bytes);
  }

  private Border border(String name, Node node, Border usual) {
    var rows = usual.rows;
    var bytes = usual.bytes;
    for (var entry : yaml.entries(node, name).entrySet()) {
      var key = entry.getKey().getValue();
      var what = key + " of " + name;
      switch (key) {
        case "rows" -> rows = value(entry.getValue(), what, OptionValue::number, rows);
        case "bytes" -> bytes = value(entry.getValue(), what, OptionValue::bytes, bytes);
        default ->
            yaml.problem(entry.getKey(), PolicyReader.unknown(key, List.of("rows", "bytes")));
      }
    }
    return new Border(rows, bytes);
  }

  private long value(Node node, String what, ToLongFunction<String> parse, long usual) {
    try {
      return yaml.word(node, what).map(parse::applyAsLong).orElse(usual);
    } catch (IllegalArgumentException | ArithmeticException e) {
      yaml.problem(node, "%s: %s".formatted(what, e.getMessage()));
      return usual;
    }
  }
}
