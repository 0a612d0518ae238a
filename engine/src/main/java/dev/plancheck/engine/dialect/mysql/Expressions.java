// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.Expression.Form;
import dev.plancheck.engine.sql.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/// Expressions, as far as rules look at them.
final class Expressions {
  private Expressions() {}

  /// What stands between two tokens of a statement, the second one excluded.
  static Expression of(Reader reader, int from, int to) {
    if (from >= to) {
      throw new NotLowered("an empty expression");
    }
    var part = reader.part(from, to);
    part.moveTo(to - from);
    var span = part.since(0);
    var columns = new LinkedHashSet<String>();
    var functions = new LinkedHashSet<ObjectName>();
    var query = false;
    for (var mark : reader.marks()) {
      if (!mark.within(span.start(), span.end())) {
        continue;
      }
      switch (mark.kind()) {
        case CALL -> functions.add(Tables.call(reader, mark));
        case COLUMN -> {
          if (!reader.inQuery(mark, span.start())) {
            columns.add(Names.fold(Tables.named(reader, mark).name()));
          }
        }
        case SUBQUERY -> query = true;
        case TABLE, WITH -> {}
      }
    }
    return new Expression(
        reader.text(span),
        span,
        form(part, 0, to - from),
        List.copyOf(functions),
        List.copyOf(columns),
        query);
  }

  private static Form form(Reader reader, int first, int end) {
    var from = first;
    var to = end;
    while (isInBrackets(reader, from, to)) {
      from++;
      to--;
    }
    var parts = conjuncts(reader, from, to);
    if (parts.size() > 1) {
      return parts.stream().allMatch(Form.Tautology.class::isInstance)
          ? new Form.Tautology()
          : new Form.And(parts);
    }
    return single(reader, from, to);
  }

  private static List<Form> conjuncts(Reader reader, int from, int to) {
    var parts = new ArrayList<Form>();
    var begin = from;
    var depth = 0;
    var between = false;
    for (var at = from; at < to; at++) {
      if (reader.is(at, "(")) {
        depth++;
      } else if (reader.is(at, ")")) {
        depth--;
      } else if (depth == 0 && isAmbiguous(reader, at)) {
        return List.of();
      } else if (depth == 0 && reader.is(at, "BETWEEN")) {
        between = true;
      } else if (depth == 0 && reader.is(at, "AND")) {
        if (!between) {
          parts.add(truth(form(reader, begin, at)));
          begin = at + 1;
        }
        between = false;
      }
    }
    if (!parts.isEmpty()) {
      parts.add(truth(form(reader, begin, to)));
    }
    return parts;
  }

  /// An AND beside an OR, or in a CASE, is not one of the whole.
  private static boolean isAmbiguous(Reader reader, int at) {
    return reader.is(at, "OR")
        || reader.is(at, "XOR")
        || reader.is(at, "CASE")
        || reader.is(at, "|");
  }

  private static boolean isInBrackets(Reader reader, int from, int to) {
    if (to - from < 3 || !reader.is(from, "(") || !reader.is(to - 1, ")")) {
      return false;
    }
    var depth = 0;
    for (var at = from; at < to - 1; at++) {
      depth += reader.is(at, "(") ? 1 : reader.is(at, ")") ? -1 : 0;
      if (depth == 0) {
        return false;
      }
    }
    return true;
  }

  private static Form single(Reader reader, int from, int to) {
    return switch (to - from) {
      case 1 -> one(reader, reader.token(from));
      case 2 -> signed(reader, from);
      case 3 -> {
        var left = reader.token(from);
        var right = reader.token(to - 1);
        yield reader.is(from + 1, "=")
                && isConstant(left)
                && reader.text(left).equals(reader.text(right))
            ? new Form.Tautology()
            : column(reader, from, to);
      }
      case 4 -> notNull(reader, from);
      default -> new Form.Other();
    };
  }

  private static boolean isConstant(Token token) {
    return token.kind() == Kind.STRING || token.kind() == Kind.NUMBER;
  }

  /// A number that is not zero is true.
  private static Form one(Reader reader, Token token) {
    var text = reader.text(token);
    return switch (token.kind()) {
      case STRING -> new Form.Literal(Literals.value(text));
      case NUMBER -> new Form.Literal(text);
      case QUOTED_NAME -> new Form.Column(Names.fold(Literals.value(text)));
      case WORD ->
          switch (text.toUpperCase(Locale.ROOT)) {
            case "TRUE" -> new Form.Tautology();
            case "FALSE", "NULL" -> new Form.Literal(text.toLowerCase(Locale.ROOT));
            default -> new Form.Column(Names.fold(text));
          };
      case VARIABLE, SYMBOL, COMMENT, VERSION_OPEN, VERSION_CLOSE, DELIMITER, END ->
          new Form.Other();
    };
  }

  private static Form signed(Reader reader, int from) {
    var number = reader.token(from + 1);
    return number.kind() == Kind.NUMBER && (reader.is(from, "-") || reader.is(from, "+"))
        ? new Form.Literal((reader.is(from, "-") ? "-" : "") + reader.text(number))
        : new Form.Other();
  }

  private static Form column(Reader reader, int from, int to) {
    var qualified = reader.is(from + 1, ".");
    return qualified && one(reader, reader.token(to - 1)) instanceof Form.Column column
        ? column
        : new Form.Other();
  }

  private static Form notNull(Reader reader, int from) {
    var isNotNull =
        reader.is(from + 1, "IS") && reader.is(from + 2, "NOT") && reader.is(from + 3, "NULL");
    return isNotNull && one(reader, reader.token(from)) instanceof Form.Column(var column)
        ? new Form.IsNotNull(column)
        : new Form.Other();
  }

  /// The condition of a WHERE: there a number other than zero is true.
  static Expression condition(Reader reader, int from, int to) {
    var expression = of(reader, from, to);
    return new Expression(
        expression.text(),
        expression.span(),
        truth(expression.form()),
        expression.functions(),
        expression.columns(),
        expression.query());
  }

  private static Form truth(Form form) {
    return form instanceof Form.Literal(var value) && value.matches("[1-9]\\d*+")
        ? new Form.Tautology()
        : form;
  }
}
