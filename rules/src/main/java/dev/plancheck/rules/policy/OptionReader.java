// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.policy;

import dev.plancheck.engine.review.Rule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Reads the options of one rule: a rule is a record, its components are its options.
final class OptionReader {
  private final StrictYaml yaml;
  private final String id;
  private final Optional<Rule> rule;
  private final Map<String, Object> values = new HashMap<>();

  /// `rule` is empty for what has no options at all.
  OptionReader(StrictYaml yaml, String id, Optional<Rule> rule) {
    this.yaml = yaml;
    this.id = id;
    this.rule = rule;
  }

  void read(ScalarNode key, Node value) {
    var option =
        components().filter(one -> Words.of(one.getName()).equals(key.getValue())).findFirst();
    if (option.isEmpty()) {
      var known = new ArrayList<>(List.of("severity"));
      components().map(one -> Words.of(one.getName())).forEach(known::add);
      yaml.problem(key, id + ": " + PolicyReader.unknown(key.getValue(), known));
      return;
    }
    var what = "%s of %s".formatted(key.getValue(), id);
    var text = yaml.word(value, what);
    try {
      text.map(word -> OptionValue.parse(option.get().getType(), word))
          .ifPresent(parsed -> values.put(option.get().getName(), parsed));
    } catch (IllegalArgumentException | ArithmeticException e) {
      yaml.problem(value, "%s: %s".formatted(what, e.getMessage()));
    }
  }

  /// The rule with the options that were read, or nothing if there were none.
  Optional<Rule> changed(Node at) {
    if (values.isEmpty() || rule.isEmpty()) {
      return Optional.empty();
    }
    var components = components().toList();
    try {
      var types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
      var arguments = new Object[components.size()];
      for (var i = 0; i < arguments.length; i++) {
        var component = components.get(i);
        var present = component.getAccessor().invoke(rule.get());
        arguments[i] = values.getOrDefault(component.getName(), present);
      }
      return Optional.of(
          (Rule) rule.get().getClass().getDeclaredConstructor(types).newInstance(arguments));
    } catch (InvocationTargetException e) {
      yaml.problem(at, "%s: %s".formatted(id, reason(e)));
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("rules are public records: " + id, e);
    }
  }

  private static String reason(InvocationTargetException e) {
    var cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  private Stream<RecordComponent> components() {
    return rule.stream().flatMap(one -> Stream.of(one.getClass().getRecordComponents()));
  }
}
