// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.Expression.Form;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
  @Test
  void summarisesAnExpression() {
    assertThat(
            expression("lower(c.name) = 'x' and id in (select f(y) from z) or public.g(id, a[n])"))
        .isEqualTo(
            new Expression(
                "lower(c.name) = 'x' and id in (select f(y) from z) or public.g(id, a[n])",
                new Span(20, 92),
                new Form.Other(),
                List.of(ObjectName.of("lower"), ObjectName.of("f"), ObjectName.of("public", "g")),
                List.of("name", "id", "a", "n"),
                true));
  }

  @Test
  void knowsLiterals() {
    assertThat(form("5")).isEqualTo(new Form.Literal("5"));
    assertThat(form("(-1.5)")).isEqualTo(new Form.Literal("-1.5"));
    assertThat(form("'it''s'")).isEqualTo(new Form.Literal("it's"));
    assertThat(form("E'a\\tb\\'c\\x'")).isEqualTo(new Form.Literal("a\tb'cx"));
    assertThat(form("U&'d\\0061t\\+000061'")).isEqualTo(new Form.Literal("data"));
    assertThat(form("U&'d!0061t!!' UESCAPE '!'")).isEqualTo(new Form.Literal("dat!"));
    assertThat(form("$q$it's$q$")).isEqualTo(new Form.Literal("it's"));
    assertThat(form("'one'\n  'two'")).isEqualTo(new Form.Literal("onetwo"));
    assertThat(form("null")).isEqualTo(new Form.Literal("null"));
    assertThat(form("false")).isEqualTo(new Form.Literal("false"));
    assertThat(form("'{}'::jsonb")).isEqualTo(new Form.Literal("{}"));
    assertThat(form("cast('5' as int)")).isEqualTo(new Form.Literal("5"));
    assertThat(form("date '2026-01-01'")).isEqualTo(new Form.Literal("2026-01-01"));
    assertThat(form("interval '1' day")).isEqualTo(new Form.Literal("1"));
    assertThat(form("now()")).isEqualTo(new Form.Other());
  }

  @Test
  void knowsColumns() {
    assertThat(form("a")).isEqualTo(new Form.Column("a"));
    assertThat(form("((\"A\"))")).isEqualTo(new Form.Column("A"));
    assertThat(form("s.t.A")).isEqualTo(new Form.Column("a"));
    assertThat(form("a[1]")).isEqualTo(new Form.Other());
    assertThat(form("a::text")).isEqualTo(new Form.Other());
  }

  @Test
  void knowsWhatIsTrueWhateverTheRow() {
    for (var condition :
        List.of("true", "(TRUE)", "1 = 1", "'a' = 'a'", "not false", "1=1 and true", "(1 = (1))")) {
      assertThat(form(condition)).as(condition).isEqualTo(new Form.Tautology());
    }
    for (var condition :
        List.of("1 = 2", "null = null", "a = a", "true or a", "1 = 1 or a = 2", "'a' = 'A'")) {
      assertThat(form(condition)).as(condition).isEqualTo(new Form.Other());
    }
  }

  @Test
  void knowsNotNullChecksAndTheirConjunctions() {
    assertThat(form("a is not null")).isEqualTo(new Form.IsNotNull("a"));
    assertThat(form("(a) NOTNULL")).isEqualTo(new Form.IsNotNull("a"));
    assertThat(form("not (a is null)")).isEqualTo(new Form.IsNotNull("a"));
    assertThat(form("not a isnull")).isEqualTo(new Form.IsNotNull("a"));
    assertThat(form("a is null")).isEqualTo(new Form.Other());
    assertThat(form("a is not true")).isEqualTo(new Form.Other());
    assertThat(form("(a is not null and b > 0) and (c is not null)"))
        .isEqualTo(
            new Form.And(
                List.of(new Form.IsNotNull("a"), new Form.Other(), new Form.IsNotNull("c"))));
    assertThat(form("a between 1 and 2")).isEqualTo(new Form.Other());
  }

  @Test
  void listsFunctionsUnderTheServersNames() {
    assertThat(functions("current_timestamp", "CURRENT_USER", "localtime(0)", "current_schema"))
        .containsExactly("current_timestamp", "current_user", "localtime", "current_schema");
    assertThat(functions("extract(year from a)", "a at time zone 'utc'", "trim(leading from a)"))
        .containsExactly("extract", "timezone", "ltrim");
    assertThat(functions("trim(a)", "substring(a from 1)", "position('a' in b)"))
        .containsExactly("btrim", "substring", "position");
    assertThat(
            functions("coalesce(f(1), g(2))", "cast(h() as text)", "row(1)", "exists (select i())"))
        .containsExactly("f", "g", "h", "i");
    assertThat(functions("count(*) filter (where f(a)) over (order by g(b))", "F(1)", "\"F\"(1)"))
        .containsExactly("count", "f", "g", "F");
    assertThat(
            functions(
                "Pg_Catalog.Now()", "nextval('s')", "array[f(1)]", "case f(2) when g() then 1 end"))
        .containsExactly("pg_catalog.now", "nextval", "f", "g");
  }

  @Test
  void takesTypesForNoFunctions() {
    assertThat(functions("a::numeric(10, 2)", "cast(a as varchar(5))", "bit(3) '101'")).isEmpty();
  }

  private static List<String> functions(String... expressions) {
    return expression("(" + String.join(", ", expressions) + ")").functions().stream()
        .map(ObjectName::toString)
        .toList();
  }

  private static Form form(String condition) {
    return expression(condition).form();
  }

  private static Expression expression(String condition) {
    var script = Resource.script("delete from t where " + condition);
    var delete = (Statement.Delete) script.statements().getFirst().statement();
    return requireNonNull(delete.where());
  }
}
