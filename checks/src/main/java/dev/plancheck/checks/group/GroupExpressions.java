// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.group;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/// Compiles the expressions of groups, each text once as long as it is remembered. What one may
/// cost is bounded: its length and nesting, the steps of its loops, the size of its regular
/// expressions, which run in linear time.
public final class GroupExpressions {
  /// In code points.
  static final int MAX_LENGTH = 2_000;

  static final int MAX_NESTING = 64;
  static final int MAX_STEPS = 10_000;
  private static final int MAX_REGEX = 1_000;
  private static final int REMEMBERED = 1_000;

  /// What became of a text.
  sealed interface Compiled {
    record Expression(GroupExpression expression) implements Compiled {}

    /// Line and column count from 1, columns in code points.
    record Refused(int line, int column, String problem) implements Compiled {}
  }

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_NESTING)
          .comprehensionMaxIterations(MAX_STEPS)
          .maxRegexProgramSize(MAX_REGEX)
          .build();

  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar(GroupExpression.ENVIRONMENT, SimpleType.STRING)
          .addVar(GroupExpression.INSTANCE, SimpleType.STRING)
          .addVar(GroupExpression.DATABASE, SimpleType.STRING)
          .addVar(GroupExpression.LABELS, MapType.create(SimpleType.STRING, SimpleType.STRING))
          .setResultType(SimpleType.BOOL)
          .build();
  private final CelRuntime runtime =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();
  private final Map<String, GroupExpression> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, GroupExpression> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized Compiled compile(String text) {
    var remembered = known.get(text);
    if (remembered != null) {
      return new Compiled.Expression(remembered);
    }
    var result = compiler.compile(text);
    if (result.hasError()) {
      return refused(result.getErrors().getFirst());
    }
    try {
      var expression = new GroupExpression(runtime.createProgram(result.getAst()));
      known.put(text, expression);
      return new Compiled.Expression(expression);
    } catch (CelValidationException | CelEvaluationException e) {
      return new Compiled.Refused(1, 1, String.valueOf(e.getMessage()));
    }
  }

  /// Columns of the library count from 0; what concerns the whole has no place.
  private static Compiled refused(CelIssue issue) {
    var place = issue.getSourceLocation();
    return new Compiled.Refused(
        Math.max(1, place.getLine()), Math.max(0, place.getColumn()) + 1, issue.getMessage());
  }
}
