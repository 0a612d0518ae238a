// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.plancheck.engine.dialect.Expectation;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds for every script: found by chance, repeatable by its seed, which `-Dseed=` fixes.
class SplitterPropertyTest {
  private static final List<String> BETWEEN =
      List.of(
          ";",
          " ; ",
          ";\n",
          ";\r\n\r\n",
          ";-- a ' comment;\n",
          ";\t/* it's ; $$ \" */",
          "\n;;/* /* nested ' */ ; */\n",
          "; -- 🙂 ünï\r\n",
          "/* before ; it */;");

  private static final List<String> FRAGMENTS =
      List.of(
          "'",
          "\"",
          "$$",
          "$a$",
          "E'",
          "\\",
          "\\'",
          "/*",
          "*/",
          "--",
          "\n",
          "\r",
          ";",
          "(",
          ")",
          "[",
          "]",
          "BEGIN ATOMIC",
          "CREATE FUNCTION f()",
          "CREATE RULE r",
          "END",
          "CASE",
          "COPY t",
          "FROM STDIN",
          "\\.",
          "\n\\.\n",
          "\\copy t from stdin",
          "VALUES",
          "(1),",
          "U&'",
          "🙂",
          "é",
          "\0",
          "\ufeff",
          "\ud83d",
          "1e",
          ".",
          "..",
          "0x",
          ":",
          "::",
          "select",
          "insert into t",
          "\u0001",
          "\u00a0",
          "$1",
          "$");

  @Test
  void splitsJoinedStatementsBackIntoTheSameOnes() {
    var statements = known();
    var seeds = new Random(seed());
    for (var round = 0; round < 300; round++) {
      var seed = seeds.nextLong();
      var random = new Random(seed);
      var script = new StringBuilder(random.nextBoolean() ? "\ufeff" : "");
      script.append(random.nextBoolean() ? "-- head;\n" : "\r\n ");
      var expected = new ArrayList<Span>();
      for (var count = random.nextInt(1, 12); count > 0; count--) {
        var statement = statements.get(random.nextInt(statements.size()));
        var start = script.length();
        expected.add(new Span(start, start + statement.length()));
        script.append(statement).append(BETWEEN.get(random.nextInt(BETWEEN.size())));
      }
      assertThat(Splitter.split(script.toString()).pieces().stream().map(Piece::span))
          .as("seed %d, script %s", seed, script)
          .isEqualTo(expected);
    }
  }

  @Test
  void lowersAStatementTheSameWhereverItStands() {
    var statements = known();
    var seed = seed();
    var random = new Random(seed);
    for (var round = 0; round < 60; round++) {
      var text = statements.get(random.nextInt(statements.size()));
      var before = "/* 🙂 */ select '" + "é".repeat(random.nextInt(50)) + "';\r\n";
      var alone = only(Resource.script(text).statements());
      var behind = Resource.script(before + text + " ; select 1").statements().get(1);
      assertThat(behind.span()).isEqualTo(alone.span().shift(before.length()));
      assertThat(withoutOffsets(behind.statement()))
          .as("seed %d: %s", seed, text)
          .isEqualTo(withoutOffsets(alone.statement()));
    }
  }

  @Test
  void neverThrowsAndNeverLosesATokenOnRandomFragments() {
    var seeds = new Random(seed());
    for (var round = 0; round < 3000; round++) {
      var seed = seeds.nextLong();
      var random = new Random(seed);
      var text = new StringBuilder();
      for (var count = random.nextInt(25); count > 0; count--) {
        text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        text.append(random.nextBoolean() ? " " : "");
      }
      check(seed, text.toString());
    }
  }

  @Test
  void neverThrowsOnRandomBytes() {
    var seeds = new Random(seed());
    for (var round = 0; round < 300; round++) {
      var seed = seeds.nextLong();
      var random = new Random(seed);
      var bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      check(seed, new String(bytes, StandardCharsets.ISO_8859_1));
      check(seed, new String(bytes, StandardCharsets.UTF_16));
    }
  }

  @Test
  void neverThrowsOnATornStatement() {
    var statements = known();
    var seeds = new Random(seed());
    for (var round = 0; round < 400; round++) {
      var seed = seeds.nextLong();
      var random = new Random(seed);
      var whole = statements.get(random.nextInt(statements.size()));
      var from = random.nextInt(whole.length());
      check(seed, whole.substring(from, random.nextInt(from, whole.length() + 1)));
    }
  }

  /// Statements in order, apart from each other, and nothing but blanks, comments and semicolons
  /// (or rows of COPY) between them.
  private static void check(long seed, String text) {
    assertThatCode(
            () -> {
              var script = Resource.script(text);
              var end = 0;
              for (var statement : script.statements()) {
                assertThat(statement.span().start()).isGreaterThanOrEqualTo(end);
                assertThat(statement.span().length()).isPositive();
                end = statement.span().end();
                script.source().range(statement.span());
                if (statement.statement() instanceof Statement.Rejected(_, var at)) {
                  script.source().range(at);
                }
              }
              assertThat(end).isLessThanOrEqualTo(text.length());
            })
        .as("seed %d, text %s", seed, text)
        .doesNotThrowAnyException();
  }

  private static List<String> known() {
    return Stream.of(
            "corpus/access.sql",
            "corpus/alter-table.sql",
            "corpus/indexes-and-views.sql",
            "corpus/routines.sql",
            "corpus/session.sql",
            "corpus/tables.sql",
            "corpus/types.sql",
            "seldom.sql")
        .flatMap(file -> Resource.expectations(file).stream())
        .filter(e -> !(e.statement().statement() instanceof Statement.Copy))
        .map(Expectation::text)
        .toList();
  }

  private static String withoutOffsets(Statement statement) {
    return statement.toString().replaceAll("Span\\[start=\\d+, end=\\d+]", "Span");
  }

  private static ScriptStatement only(List<ScriptStatement> statements) {
    assertThat(statements).hasSize(1);
    return statements.getFirst();
  }

  private static long seed() {
    return Long.getLong("seed", System.nanoTime());
  }
}
