// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compiles conditions over a fixed set of variables, for any thread. What one may cost is bounded:
/// its length and nesting, the steps of its loops, the size of its regular expressions, which run
/// in linear time.
public final class Expressions {
  /// In code points.
  public static final int MAX_LENGTH = 2_000;

  private static final int MAX_NESTING = 64;
  private static final int MAX_STEPS = 10_000;
  private static final int MAX_REGEX = 1_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_NESTING)
          .comprehensionMaxIterations(MAX_STEPS)
          .maxRegexProgramSize(MAX_REGEX)
          .build();

  /// What a variable holds.
  public enum Kind {
    TEXT(SimpleType.STRING),
    NUMBER(SimpleType.INT),
    TEXT_BY_NAME(MapType.create(SimpleType.STRING, SimpleType.STRING));

    private final CelType type;

    Kind(CelType type) {
      this.type = type;
    }
  }

  /// What became of a text.
  public sealed interface Compiled {
    record Ready(Expression expression) implements Compiled {}

    /// Line and column count from 1, columns in code points.
    record Refused(int line, int column, String problem) implements Compiled {
      /// For people: `line 1, column 4: undeclared reference`.
      public String words() {
        return "line %d, column %d: %s".formatted(line, column, problem);
      }
    }
  }

  private final SortedMap<String, Kind> variables;
  private final CelCompiler compiler;
  private final CelRuntime runtime =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

  public Expressions(SortedMap<String, Kind> variables) {
    this.variables = new TreeMap<>(variables);
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    variables.forEach((name, kind) -> builder.addVar(name, kind.type));
    this.compiler = builder.build();
  }

  public Compiled compile(String text) {
    var result = compiler.compile(text);
    if (result.hasError()) {
      return refused(result.getErrors().getFirst());
    }
    try {
      var tree = result.getAst();
      return new Compiled.Ready(new Expression(runtime.createProgram(tree), used(tree)));
    } catch (CelValidationException | CelEvaluationException e) {
      return new Compiled.Refused(1, 1, String.valueOf(e.getMessage()));
    }
  }

  private SortedSet<String> used(CelAbstractSyntaxTree tree) {
    var used = new TreeSet<String>();
    for (var reference : tree.getReferenceMap().values()) {
      if (variables.containsKey(reference.name())) {
        used.add(reference.name());
      }
    }
    return used;
  }

  /// Columns of the library count from 0; what concerns the whole has no place.
  private static Compiled refused(CelIssue issue) {
    var place = issue.getSourceLocation();
    return new Compiled.Refused(
        Math.max(1, place.getLine()), Math.max(0, place.getColumn()) + 1, issue.getMessage());
  }
}
