// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.plancheck.checks.ApiException;
import dev.plancheck.engine.review.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which virtual runs a client wants, in the grammar of old servers: `status` and `result_status`,
/// each compared by `==` with a text or by `in` with a list of texts, joined by `&&`. What is said
/// of one variable more than once adds up, as it always did. Null does not restrict.
public record LegacyFilter(
    @Nullable Set<LegacyStatus> statuses, @Nullable Set<Status> resultStatuses) {
  public static final LegacyFilter ALL = new LegacyFilter(null, null);

  private static final String UNSPECIFIED = "STATUS_UNSPECIFIED";

  private static final CelCompiler PARSER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(
              CelOptions.current()
                  .maxExpressionCodePointSize(2_000)
                  .maxParseRecursionDepth(64)
                  .build())
          .build();

  public LegacyFilter {
    statuses = statuses == null ? null : Set.copyOf(statuses);
    resultStatuses = resultStatuses == null ? null : Set.copyOf(resultStatuses);
  }

  /// The empty text is all. Throws [ApiException] INVALID_ARGUMENT with line and column, which
  /// count from 1.
  public static LegacyFilter parse(String text) {
    if (text.isEmpty()) {
      return ALL;
    }
    var parsed = PARSER.parse(text);
    if (parsed.hasError()) {
      throw refused(parsed.getErrors().getFirst());
    }
    try {
      var tree = parsed.getAst();
      var reading = new Reading(tree);
      reading.read(tree.getExpr());
      return new LegacyFilter(reading.statuses, reading.resultStatuses);
    } catch (CelValidationException e) {
      throw refused(1, 1, String.valueOf(e.getMessage()));
    }
  }

  boolean matches(LegacyStatus status, Set<Status> results) {
    return (statuses == null || statuses.contains(status))
        && (resultStatuses == null || results.stream().anyMatch(resultStatuses::contains));
  }

  /// Columns of the library count from 0; what concerns the whole has no place.
  private static ApiException refused(CelIssue issue) {
    var place = issue.getSourceLocation();
    return refused(
        Math.max(1, place.getLine()), Math.max(0, place.getColumn()) + 1, issue.getMessage());
  }

  private static ApiException refused(int line, int column, String problem) {
    return ApiException.invalid(
        "filter", "filter: line %d, column %d: %s".formatted(line, column, problem));
  }

  /// One walk over the tree.
  private static final class Reading {
    private final CelAbstractSyntaxTree tree;
    private @Nullable Set<LegacyStatus> statuses;
    private @Nullable Set<Status> resultStatuses;

    Reading(CelAbstractSyntaxTree tree) {
      this.tree = tree;
    }

    void read(CelExpr expression) {
      if (expression.exprKind().getKind() != ExprKind.Kind.CALL) {
        throw refused(expression, "this is no comparison (expected: status == \"DONE\")");
      }
      var call = expression.call();
      switch (call.function()) {
        case "_&&_" -> call.args().forEach(this::read);
        case "_==_", "@in" -> compare(expression, call.function().equals("@in"));
        default ->
            throw refused(
                expression,
                "%s is not supported (expected: ==, in, &&)".formatted(call.function()));
      }
    }

    /// The variable may stand on either side.
    private void compare(CelExpr comparison, boolean isIn) {
      var variable = "";
      CelExpr value = null;
      for (var side : comparison.call().args()) {
        if (side.exprKind().getKind() == ExprKind.Kind.IDENT) {
          variable = side.ident().name();
        } else {
          value = side;
        }
      }
      if (value == null) {
        throw refused(comparison, "there is no value (expected: a text or a list of texts)");
      }
      for (var one : isIn ? elements(value) : List.of(value)) {
        add(comparison, variable, one);
      }
    }

    private List<CelExpr> elements(CelExpr value) {
      if (value.exprKind().getKind() != ExprKind.Kind.LIST || value.list().elements().isEmpty()) {
        throw refused(value, "this is no list of texts (expected: [\"DONE\", \"FAILED\"])");
      }
      return value.list().elements();
    }

    private void add(CelExpr comparison, String variable, CelExpr value) {
      switch (variable) {
        case "status" -> {
          statuses = statuses == null ? EnumSet.noneOf(LegacyStatus.class) : statuses;
          statuses.add(status(value));
        }
        case "result_status" -> {
          resultStatuses = resultStatuses == null ? EnumSet.noneOf(Status.class) : resultStatuses;
          // Old servers took this name too; no result has that status.
          if (!text(value).equals(UNSPECIFIED)) {
            resultStatuses.add(constant(Status.class, value));
          }
        }
        default ->
            throw refused(
                comparison,
                "%s is no variable (expected: status, result_status)".formatted(variable));
      }
    }

    /// Old servers took an unspecified status for RUNNING.
    private LegacyStatus status(CelExpr value) {
      return text(value).equals(UNSPECIFIED)
          ? LegacyStatus.RUNNING
          : constant(LegacyStatus.class, value);
    }

    private <E extends Enum<E>> E constant(Class<E> type, CelExpr value) {
      var name = text(value);
      for (var constant : type.getEnumConstants()) {
        if (constant.name().equals(name)) {
          return constant;
        }
      }
      throw refused(
          value,
          "%s is no such status (expected: one of %s)"
              .formatted(name, List.of(type.getEnumConstants())));
    }

    private String text(CelExpr value) {
      if (value.exprKind().getKind() != ExprKind.Kind.CONSTANT
          || value.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
        throw refused(value, "this is no text (expected: a status in quotes)");
      }
      return value.constant().stringValue();
    }

    private ApiException refused(CelExpr at, String problem) {
      var source = tree.getSource();
      var offset = source.getPositionsMap().getOrDefault(at.id(), 0);
      return source
          .getOffsetLocation(offset)
          .map(place -> LegacyFilter.refused(place.getLine(), place.getColumn() + 1, problem))
          .orElseGet(() -> LegacyFilter.refused(1, 1, problem));
    }
  }
}
