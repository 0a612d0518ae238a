// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.expression.Expression;
import dev.plancheck.checks.expression.Expression.Answer;
import dev.plancheck.checks.expression.Expressions;
import dev.plancheck.checks.expression.Expressions.Compiled;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class GroupExpressionsTest {
  private static final Database TENANT =
      new Database(
          new DatabaseName("pg-1", "tenant_é"),
          "production",
          new TreeMap<>(Map.of("region", "eu")));
  private static final Database PLAIN =
      new Database(new DatabaseName("pg-1", "plain"), "", new TreeMap<>());

  private final GroupExpressions expressions = new GroupExpressions();

  @Test
  void asksForEnvironmentInstanceNameAndLabels() {
    for (var text :
        List.of(
            "true",
            "resource.environment_id == 'production'",
            "resource.instance_id.matches('^pg-[0-9]$') && resource.instance_id != 'pg-2'",
            "resource.database_name.startsWith('tenant_') && resource.database_name.size() == 8",
            "resource.labels.region == 'eu'",
            "resource.labels['region'] in ['eu', 'us']",
            "has(resource.labels.region) && !('tier' in resource.labels)",
            "resource.labels.exists(key, key == 'region')",
            "resource.environment_id == 'production'\n  && // not all\n  true")) {
      assertThat(of(text, TENANT)).as(text).isEqualTo(new Answer.Holds());
    }
    for (var text :
        List.of(
            "false",
            "resource.environment_id == 'production'",
            "'region' in resource.labels && resource.labels.region == 'eu'",
            "has(resource.labels.region)")) {
      assertThat(of(text, PLAIN)).as(text).isEqualTo(new Answer.HoldsNot());
    }
  }

  @Test
  void saysWhyItCannotAnswer() {
    assertThat(of("resource.labels.region == 'eu'", PLAIN))
        .isEqualTo(new Answer.Undecided("key 'region' is not present in map"));
    assertThat(of("dyn('yes')", PLAIN))
        .isEqualTo(new Answer.Undecided("the answer is yes, no bool"));
    assertThat(of("1 / 0 == 1", PLAIN)).isInstanceOf(Answer.Undecided.class);
    assertThat(of("resource.database_name.matches('(')", PLAIN))
        .isInstanceOf(Answer.Undecided.class);
  }

  @Test
  void anErrorBesideAFalseIsNoError() {
    assertThat(of("resource.labels.region == 'eu' && false", PLAIN))
        .isEqualTo(new Answer.HoldsNot());
  }

  @Test
  void tellsWhereAMistakeIs() {
    assertThat(refused("resource.environment_id == 1"))
        .isEqualTo(
            new Compiled.Refused(
                1,
                25,
                "found no matching overload for '_==_' applied to '(string, int)' (candidates:"
                    + " (%A0, %A0))"));
    assertThat(refused("true &&\n  resource.region == 'eu'"))
        .isEqualTo(
            new Compiled.Refused(2, 3, "undeclared reference to 'resource' (in container '')"));
    assertThat(refused("'é😀' == resource.database_name && nothing"))
        .isEqualTo(
            new Compiled.Refused(1, 35, "undeclared reference to 'nothing' (in container '')"));
    assertThat(refused("resource.database_name"))
        .isEqualTo(new Compiled.Refused(1, 9, "expected type 'bool' but found 'string'"));
    assertThat(refused("true &&").line()).isEqualTo(1);
    assertThat(refused("").column()).isEqualTo(1);
  }

  @Test
  void boundsWhatAnExpressionMayCost() {
    assertThat(refused("true" + " ".repeat(Expressions.MAX_LENGTH)).problem())
        .contains("exceeds limit");
    assertThat(refused("(".repeat(200) + "true" + ")".repeat(200)).problem())
        .contains("recursion limit");
    var loops = "true";
    for (var variable : List.of("a", "b", "c", "d", "e", "f", "g")) {
      loops = "[0,1,2,3,4,5,6,7,8,9].all(%s, %s)".formatted(variable, loops);
    }
    assertThat(of(loops, PLAIN))
        .isEqualTo(new Answer.Undecided("Iteration budget exceeded: 10000"));
    assertThat(of("resource.database_name.matches('(((a{100}){100}){100})')", PLAIN))
        .isInstanceOf(Answer.Undecided.class);
  }

  @Test
  void compilesATextOnce() {
    assertThat(compiled("true")).isSameAs(compiled("true"));
    assertThat(compiled("true")).isNotSameAs(compiled("true "));
  }

  private Answer of(String text, Database database) {
    return compiled(text).of(GroupExpressions.values(database));
  }

  private Expression compiled(String text) {
    return ((Compiled.Ready) expressions.compile(text)).expression();
  }

  private Compiled.Refused refused(String text) {
    return (Compiled.Refused) expressions.compile(text);
  }
}
