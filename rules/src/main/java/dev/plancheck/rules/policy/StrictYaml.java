// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.policy;

import dev.plancheck.engine.review.PolicyReading.Problem;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/// A YAML text as a tree of nodes, with a list of complaints that each have their place.
///
/// Only the tree is read: no object is made that the file names, and words such as `off` are words.
final class StrictYaml {
  private final List<Problem> problems = new ArrayList<>();

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /// The root of a text; empty for an empty text and for one that is no YAML.
  Optional<Node> parse(String text) {
    try {
      var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      return Optional.ofNullable(yaml.compose(new StringReader(text)));
    } catch (MarkedYAMLException e) {
      problem(e.getProblemMark(), "is no YAML: " + e.getProblem());
    } catch (ReaderException e) {
      // Its message quotes the character as it is, which nobody could see.
      problem(
          text, e.getPosition(), "is no YAML: the character U+%04X".formatted(e.getCodePoint()));
    } catch (YAMLException e) {
      problems.add(new Problem(1, 1, "is no YAML: " + e.getMessage()));
    }
    return Optional.empty();
  }

  /// The entries of a mapping in order, their keys as nodes. `what` names it in complaints.
  Map<ScalarNode, Node> entries(Node node, String what) {
    var entries = new LinkedHashMap<ScalarNode, Node>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, "%s is no mapping (expected: lines of `key: value`)".formatted(what));
      return entries;
    }
    var keys = new HashSet<String>();
    for (var entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problem(entry.getKeyNode(), "a key of %s is no word".formatted(what));
      } else if (!keys.add(key.getValue())) {
        problem(key, "%s: twice in %s".formatted(key.getValue(), what));
      } else {
        entries.put(key, entry.getValueNode());
      }
    }
    return entries;
  }

  /// The text of a scalar, as it stands in the file.
  Optional<String> word(Node node, String what) {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    problem(node, "%s is no single value".formatted(what));
    return Optional.empty();
  }

  List<String> words(Node node, String what) {
    if (!(node instanceof SequenceNode sequence)) {
      problem(node, "%s is no list (expected: [a, b])".formatted(what));
      return List.of();
    }
    return sequence.getValue().stream().flatMap(item -> word(item, what).stream()).toList();
  }

  void problem(Node at, String message) {
    problem(at.getStartMark(), message);
  }

  private void problem(Mark mark, String message) {
    problems.add(new Problem(mark.getLine() + 1, mark.getColumn() + 1, message));
  }

  /// `offset` counts code points.
  private void problem(String text, int offset, String message) {
    var before = text.codePoints().limit(offset).toArray();
    var line = 1;
    var column = 1;
    for (var character : before) {
      line = character == '\n' ? line + 1 : line;
      column = character == '\n' ? 1 : column + 1;
    }
    problems.add(new Problem(line, column, message));
  }
}
