// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.expression;

import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.PartialVars;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A compiled condition, to be asked by any thread.
public final class Expression {
  /// The library's own place, which counts characters from 0 and has no line.
  private static final Pattern PLACE = Pattern.compile("^evaluation error at <input>:\\d+: ");

  /// What a condition says of some values.
  public sealed interface Answer {
    record Holds() implements Answer {}

    record HoldsNot() implements Answer {}

    /// It depends on what is not known, or fails on these values.
    record Undecided(String why) implements Answer {}
  }

  private final Program program;
  private final SortedSet<String> variables;

  Expression(Program program, SortedSet<String> variables) {
    this.program = program;
    this.variables = new TreeSet<>(variables);
  }

  /// The variables that it names.
  public SortedSet<String> variables() {
    return new TreeSet<>(variables);
  }

  /// A variable that `known` does not have is unknown: if the answer is the same whatever it is,
  /// that is the answer.
  public Answer of(Map<String, Object> known) {
    var unknown = variables.stream().filter(name -> !known.containsKey(name)).toList();
    try {
      return switch (answer(known, unknown)) {
        case Boolean holds -> holds ? new Answer.Holds() : new Answer.HoldsNot();
        case CelUnknownSet _ -> new Answer.Undecided("not known: " + String.join(", ", unknown));
        case Object other -> new Answer.Undecided("the answer is %s, no bool".formatted(other));
      };
    } catch (CelEvaluationException e) {
      return new Answer.Undecided(
          PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst("").replaceFirst("\\.$", ""));
    }
  }

  private Object answer(Map<String, Object> known, List<String> unknown)
      throws CelEvaluationException {
    CelVariableResolver values = name -> Optional.ofNullable(known.get(name));
    if (unknown.isEmpty()) {
      return program.eval(values);
    }
    var patterns = unknown.stream().map(CelAttributePattern::fromQualifiedIdentifier).toList();
    return program.eval(PartialVars.of(values, patterns));
  }
}
