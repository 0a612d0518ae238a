// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.policy;

import dev.plancheck.engine.review.Rule;
import java.util.ArrayList;
import java.util.List;

/// The options of a rule: its record's components, named as policies name them.
public final class RuleOptions {
  /// `value` is a number, a truth value or a text, as the rule holds it.
  public record Option(String name, Object value) {}

  private RuleOptions() {}

  public static List<Option> of(Rule rule) {
    var options = new ArrayList<Option>();
    for (var component : rule.getClass().getRecordComponents()) {
      try {
        var value = component.getAccessor().invoke(rule);
        options.add(new Option(Words.of(component.getName()), value));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("rules are public records: " + rule.info().id(), e);
      }
    }
    return options;
  }
}
