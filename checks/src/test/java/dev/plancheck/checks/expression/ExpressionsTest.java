// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.expression.Expression.Answer;
import dev.plancheck.checks.expression.Expressions.Compiled;
import dev.plancheck.checks.expression.Expressions.Kind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ExpressionsTest {
  private static final Map<String, Object> KNOWN =
      Map.of("env", "prod", "db.labels", Map.of("tier", "gold"));

  private final Expressions expressions =
      new Expressions(
          new TreeMap<>(
              Map.of("env", Kind.TEXT, "db.rows", Kind.NUMBER, "db.labels", Kind.TEXT_BY_NAME)));

  @Test
  void answersFromWhatIsKnown() {
    assertThat(ask("env == 'prod' && db.labels['tier'] == 'gold'")).isEqualTo(new Answer.Holds());
    assertThat(ask("env.startsWith('t') || 'x' in db.labels")).isEqualTo(new Answer.HoldsNot());
  }

  @Test
  void answersAllTheSameWhereTheUnknownMakesNoDifference() {
    assertThat(ask("db.rows > 10 || env == 'prod'")).isEqualTo(new Answer.Holds());
    assertThat(ask("db.rows > 10 && env == 'test'")).isEqualTo(new Answer.HoldsNot());
  }

  @Test
  void isUndecidedWhereItDependsOnTheUnknown() {
    var unknown = new Answer.Undecided("not known: db.rows");

    assertThat(ask("db.rows > 10")).isEqualTo(unknown);
    assertThat(ask("!(db.rows > 10)")).isEqualTo(unknown);
    assertThat(ask("db.rows > 10 && env == 'prod'")).isEqualTo(unknown);
    assertThat(ask("db.rows * 2 > 10 ? env == 'prod' : false")).isEqualTo(unknown);
  }

  @Test
  void isUndecidedWhereItFails() {
    assertThat(ask("db.labels['owner'] == 'kim'")).isInstanceOf(Answer.Undecided.class);
    assertThat(ask("env == 'prod' && 1 / 0 == 1")).isInstanceOf(Answer.Undecided.class);
  }

  @Test
  void tellsWhichVariablesAreUsed() {
    assertThat(ready("db.labels.exists(name, db.labels[name] == env)").variables())
        .containsExactly("db.labels", "env");
  }

  @Test
  void refusesWithThePlace() {
    assertThat(expressions.compile("env == 'x' &&\n  db.rows == 'many'"))
        .isInstanceOfSatisfying(
            Compiled.Refused.class,
            refused -> {
              assertThat(refused.line()).isEqualTo(2);
              assertThat(refused.column()).isEqualTo(11);
              assertThat(refused.words())
                  .startsWith("line 2, column 11: found no matching overload for '_==_'");
            });
    for (var wrong : new String[] {"", "env", "1 + 1", "nope == 1", "env ==", "(".repeat(100)}) {
      assertThat(expressions.compile(wrong)).as(wrong).isInstanceOf(Compiled.Refused.class);
    }
  }

  @Test
  void refusesWhatIsTooLong() {
    var endless = "env == '%s'".formatted("x".repeat(Expressions.MAX_LENGTH));

    assertThat(expressions.compile(endless)).isInstanceOf(Compiled.Refused.class);
  }

  private Answer ask(String text) {
    return ready(text).of(KNOWN);
  }

  private Expression ready(String text) {
    return switch (expressions.compile(text)) {
      case Compiled.Ready(var expression) -> expression;
      case Compiled.Refused refused -> throw new AssertionError(refused.words());
    };
  }
}
