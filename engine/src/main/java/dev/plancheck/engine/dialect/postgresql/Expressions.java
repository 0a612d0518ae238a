// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.Expression.Form;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Expr_constContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_varContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Value_expression_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/// Expressions, summarised.
final class Expressions {
  private Expressions() {}

  static Expression of(Origin origin, VexContext vex) {
    var references = References.of(origin, vex);
    return new Expression(
        origin.text(vex),
        origin.span(vex),
        form(origin, vex),
        references.functions(),
        references.columns(),
        references.holdsQuery());
  }

  static @Nullable Expression orNull(Origin origin, @Nullable VexContext vex) {
    return vex == null ? null : of(origin, vex);
  }

  /// The column that a possibly qualified name means, or null for `t.*`, subscripts and `$1`.
  static @Nullable String column(Origin origin, Indirection_varContext variable) {
    if (variable.identifier() == null) {
      return null;
    }
    var list = variable.indirection_list();
    if (list == null) {
      return Names.of(origin, variable.identifier());
    }
    if (list.MULTIPLY() != null) {
      return null;
    }
    var name = Names.of(origin, variable.identifier());
    for (var step : list.indirection()) {
      if (step.col_label() == null) {
        break;
      }
      name = Names.of(origin, step.col_label());
    }
    return name;
  }

  static Form form(Origin origin, VexContext written) {
    var vex = inner(written);
    if (vex.value_expression_primary() != null) {
      return primary(origin, vex.value_expression_primary());
    }
    if (vex.AND() != null && vex.BETWEEN() == null) {
      return conjunction(origin, vex);
    }
    if (vex.CAST_EXPRESSION() != null) {
      return literalOnly(form(origin, vex.vex(0)));
    }
    if (vex.NOT() != null && vex.getStart().getType() == SQLParser.NOT) {
      return negation(origin, vex);
    }
    if (vex.NOTNULL() != null || (vex.IS() != null && vex.NOT() != null && vex.NULL() != null)) {
      return notNull(origin, vex.vex(0));
    }
    if (vex.EQUAL() != null && sameLiterals(origin, vex)) {
      return new Form.Tautology();
    }
    return signed(origin, vex);
  }

  /// Without the brackets around it.
  private static VexContext inner(VexContext vex) {
    var inner = vex;
    while (inner.getChildCount() == 3
        && inner.vex().size() == 1
        && inner.getChild(0) instanceof TerminalNode first
        && first.getSymbol().getType() == SQLParser.LEFT_PAREN) {
      inner = inner.vex(0);
    }
    return inner;
  }

  private static Form conjunction(Origin origin, VexContext top) {
    var parts = new ArrayList<Form>();
    var open = new ArrayDeque<VexContext>(List.of(top));
    while (!open.isEmpty()) {
      var vex = inner(open.pop());
      if (vex.AND() != null && vex.BETWEEN() == null) {
        open.push(vex.vex(1));
        open.push(vex.vex(0));
      } else {
        parts.add(form(origin, vex));
      }
    }
    return parts.stream().allMatch(Form.Tautology.class::isInstance)
        ? new Form.Tautology()
        : new Form.And(parts);
  }

  private static Form literalOnly(Form form) {
    return form instanceof Form.Literal ? form : new Form.Other();
  }

  private static Form negation(Origin origin, VexContext vex) {
    var negated = inner(vex.vex(0));
    if (negated.ISNULL() != null
        || (negated.IS() != null && negated.NOT() == null && negated.NULL() != null)) {
      return notNull(origin, negated.vex(0));
    }
    return form(origin, negated) instanceof Form.Literal(var value) && value.equals("false")
        ? new Form.Tautology()
        : new Form.Other();
  }

  private static Form notNull(Origin origin, VexContext vex) {
    return form(origin, vex) instanceof Form.Column(var column)
        ? new Form.IsNotNull(column)
        : new Form.Other();
  }

  private static boolean sameLiterals(Origin origin, VexContext vex) {
    var left = inner(vex.vex(0));
    var right = inner(vex.vex(1));
    return form(origin, left) instanceof Form.Literal(var value)
        && !value.equals("null")
        && form(origin, right) instanceof Form.Literal
        && origin.text(left).equals(origin.text(right));
  }

  private static Form signed(Origin origin, VexContext vex) {
    var sign = vex.MINUS() != null ? "-" : "";
    return vex.vex().size() == 1
            && (vex.MINUS() != null || vex.PLUS() != null)
            && form(origin, vex.vex(0)) instanceof Form.Literal(var value)
        ? new Form.Literal(sign + value)
        : new Form.Other();
  }

  private static Form primary(Origin origin, Value_expression_primaryContext primary) {
    if (primary.expr_const() != null) {
      return constant(origin, primary.expr_const());
    }
    if (primary.NULL() != null) {
      return new Form.Literal("null");
    }
    if (primary.indirection_var() != null) {
      var variable = primary.indirection_var();
      var column = column(origin, variable);
      return column == null || hasSubscript(variable) ? new Form.Other() : new Form.Column(column);
    }
    if (primary.type_coercion() != null) {
      return new Form.Literal(Literals.value(origin.text(primary.type_coercion().sconst())));
    }
    var call = primary.function_call();
    if (call != null
        && call.system_function() != null
        && call.system_function().cast_specification() != null) {
      return literalOnly(form(origin, call.system_function().cast_specification().vex()));
    }
    return new Form.Other();
  }

  private static boolean hasSubscript(Indirection_varContext variable) {
    return variable.indirection_list() != null
        && variable.indirection_list().indirection().stream().anyMatch(s -> s.col_label() == null);
  }

  private static Form constant(Origin origin, Expr_constContext constant) {
    if (constant.sconst() != null) {
      return new Form.Literal(Literals.value(origin.text(constant.sconst())));
    }
    var text = origin.text(constant);
    if (constant.truth_value() == null) {
      return new Form.Literal(text);
    }
    return constant.truth_value().TRUE() != null
        ? new Form.Tautology()
        : new Form.Literal(Names.lower(text));
  }
}
