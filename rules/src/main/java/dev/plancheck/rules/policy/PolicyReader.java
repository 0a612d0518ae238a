// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.policy;

import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.OwnFinding;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyReading;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.engine.review.Rule;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.schema.SizeBorders;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Reads a policy in YAML, of which JSON is a part. Strict: a key, rule, level or option that is
/// not known is an error with its line, because a typing error must not switch a check off.
public final class PolicyReader {
  private static final List<String> KEYS = List.of("rules", "sizes");
  private static final String SEVERITY = "severity";

  private final StrictYaml yaml = new StrictYaml();
  private Policy policy;
  private SizeBorders borders = SizeBorders.DEFAULT;

  private PolicyReader(List<Rule> rules) {
    this.policy = Policy.of(rules);
  }

  /// What the text says of `rules`; it changes nothing of what it does not mention. Safe for any
  /// text of a bounded size.
  public static PolicyReading read(String text, List<Rule> rules) {
    var reader = new PolicyReader(rules);
    reader.yaml.parse(text).ifPresent(reader::readRoot);
    return reader.yaml.problems().isEmpty()
        ? new PolicyReading.Read(new PolicyTerms(reader.policy, reader.borders))
        : new PolicyReading.Refused(reader.yaml.problems());
  }

  private void readRoot(Node root) {
    yaml.entries(root, "the policy")
        .forEach((key, value) -> {
          switch (key.getValue()) {
            case "rules" -> yaml.entries(value, "rules").forEach(this::readRule);
            case "sizes" -> borders = new SizeReader(yaml).read(value);
            default -> yaml.problem(key, unknown(key.getValue(), KEYS));
          }
        });
  }

  private void readRule(ScalarNode key, Node value) {
    var id = key.getValue();
    if (policy.entry(id).isEmpty() && OwnFinding.byId(id).isEmpty()) {
      yaml.problem(key, "rule %s: unknown%s".formatted(id, Near.hint(id, ids())));
    } else if (value instanceof MappingNode) {
      readSettings(id, value);
    } else {
      readLevel(id, value);
    }
  }

  private void readSettings(String id, Node settings) {
    var options = new OptionReader(yaml, id, policy.entry(id).map(Policy.Entry::rule));
    var entries = yaml.entries(settings, id);
    if (entries.keySet().stream().noneMatch(key -> key.getValue().equals(SEVERITY))) {
      switchOn(id);
    }
    entries.forEach((key, value) -> {
      if (key.getValue().equals(SEVERITY)) {
        readLevel(id, value);
      } else {
        options.read(key, value);
      }
    });
    options.changed(settings).ifPresent(rule -> policy = policy.withRule(rule));
  }

  /// Who gives options to a rule that is usually off wants it on.
  private void switchOn(String id) {
    policy
        .entry(id)
        .map(entry -> entry.rule().info())
        .filter(RuleInfo::isOptIn)
        .ifPresent(info -> policy = policy.withLevel(id, Level.of(info.severity())));
  }

  private void readLevel(String id, Node value) {
    yaml.word(value, "the severity of " + id)
        .flatMap(word -> level(value, id, word))
        .ifPresent(level -> setLevel(id, level, value));
  }

  private Optional<Level> level(Node at, String id, String word) {
    return switch (word) {
      case "off" -> Optional.of(Level.OFF);
      case "warning" -> Optional.of(Level.WARNING);
      case "error" -> Optional.of(Level.ERROR);
      default -> {
        yaml.problem(at, "severity of %s: %s (expected: off, warning, error)".formatted(id, word));
        yield Optional.empty();
      }
    };
  }

  private void setLevel(String id, Level level, Node at) {
    var own = OwnFinding.byId(id);
    if (own.isPresent() && level.compareTo(own.get().least()) < 0) {
      yaml.problem(
          at,
          "severity of %s: %s (expected: at least %s, it tells what was not checked)"
              .formatted(id, Words.of(level), Words.of(own.get().least())));
    } else {
      policy = policy.withLevel(id, level);
    }
  }

  private List<String> ids() {
    var own = Stream.of(OwnFinding.values()).map(finding -> finding.info().id());
    return Stream.concat(policy.entries().stream().map(Policy.Entry::id), own).toList();
  }

  static String unknown(String key, List<String> known) {
    return "%s: unknown (expected: %s)".formatted(key, String.join(", ", known));
  }
}
