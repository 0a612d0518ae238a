// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.engine.text.Span;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MentionsTest {
  private static final Span HERE = new Span(0, 0);
  private static final ObjectName BOOK = ObjectName.of("shop", "book");

  @Test
  void findsTheTablesOfAWriteInsideACommonTableExpression() {
    var delete = new Statement.Delete(ObjectName.of("old"), null, Query.NONE);
    var mentions =
        mentions(
            new Statement.Select(
                false,
                new Query(
                    List.of(ObjectName.of("author")),
                    List.of(ObjectName.of("lower")),
                    List.of(delete))));

    assertThat(mentions.relations()).containsExactly(ObjectName.of("author"), ObjectName.of("old"));
    assertThat(mentions.functions()).containsExactly(ObjectName.of("lower"));
    assertThat(mentions.wholeSchema()).isFalse();
  }

  @Test
  void placesAnIndexInTheSchemaOfItsTable() {
    var unique = new TableConstraint.Unique("book_key", List.of(), "book_title", HERE);
    var mentions =
        mentions(
            new Statement.AlterTable(
                ObjectKind.TABLE,
                BOOK,
                false,
                false,
                List.of(new TableAction.AddConstraint(unique, HERE))));

    assertThat(mentions.relations()).containsExactly(BOOK);
    assertThat(mentions.indexes())
        .containsExactly(ObjectName.of("shop", "book_key"), ObjectName.of("shop", "book_title"));
    assertThat(mentions.schemas()).containsExactly("shop");
  }

  @Test
  void findsTheNameThatAnObjectIsAboutToGet() {
    var mentions =
        mentions(
            new Statement.AlterTable(
                ObjectKind.TABLE,
                BOOK,
                false,
                false,
                List.of(new TableAction.RenameTo("novel", HERE))));

    assertThat(mentions.relations()).containsExactly(BOOK, ObjectName.of("shop", "novel"));
  }

  @Test
  void findsFunctionsInConditionsAndSchemasInTheSearchPath() {
    var where =
        new Expression(
            "f(x)",
            HERE,
            new Expression.Form.Other(),
            List.of(ObjectName.of("f")),
            List.of("x"),
            false);
    var mentions =
        mentions(
            new Statement.SetVariable("search_path", false, List.of("tenant", "public")),
            new Statement.Delete(ObjectName.of("book"), where, Query.NONE));

    assertThat(mentions.functions()).containsExactly(ObjectName.of("f"));
    assertThat(mentions.schemas()).containsExactly("public", "tenant");
  }

  @Test
  void namesDoNotBoundACascadeOrWhatWasNotAnalysed() {
    var cascade = new Statement.Drop(ObjectKind.TABLE, List.of(BOOK), null, false, false, true);
    assertThat(mentions(cascade).wholeSchema()).isTrue();
    assertThat(mentions(new Statement.NotAnalysed("too large")).wholeSchema()).isTrue();
    assertThat(mentions(new Statement.Utility("DO", null, null)).wholeSchema()).isTrue();
    assertThat(mentions(new Statement.Utility("GRANT", null, null)).wholeSchema()).isFalse();
  }

  private static Mentions mentions(Statement... statements) {
    var inScript =
        IntStream.range(0, statements.length)
            .mapToObj(i -> new ScriptStatement(i, HERE, statements[i]))
            .toList();
    return Mentions.of(
        new Script(new SourceText(""), EngineVersion.POSTGRESQL_LATEST, inScript, List.of()));
  }
}
