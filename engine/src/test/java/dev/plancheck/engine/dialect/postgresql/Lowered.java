// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.Expression.Form;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.List;

/// The only statement of a script, and what to compare its parts with.
final class Lowered {
  private Lowered() {}

  static Statement only(Script script) {
    assertThat(script.statements()).hasSize(1);
    return script.statements().getFirst().statement();
  }

  static Expression expression(Script script, String text, Form form, String... columns) {
    return expression(script, text, text, form, columns);
  }

  /// An expression without functions, which begins where `where` does.
  static Expression expression(
      Script script, String where, String text, Form form, String... columns) {
    var start = script.source().text().indexOf(where);
    var span = new Span(start, start + text.length());
    return new Expression(text, span, form, List.of(), List.of(columns), false);
  }

  /// From where `first` begins to where the next `last` ends.
  static Span at(Script script, String first, String last) {
    var start = script.source().text().indexOf(first);
    return new Span(start, script.source().text().indexOf(last, start) + last.length());
  }
}
