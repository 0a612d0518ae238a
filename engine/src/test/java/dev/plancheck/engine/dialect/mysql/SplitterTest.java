// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Comment;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "SELECT 1~SELECT 1",
        "SELECT 1; SELECT 2~SELECT 1|SELECT 2",
        "SELECT 1;; ;SELECT 2;~SELECT 1|SELECT 2",
        "SELECT 'a;b', \"c;d\", `e;f`; SELECT 2~SELECT 'a;b', \"c;d\", `e;f`|SELECT 2",
        "SELECT 'it''s; \\'ok;'; SELECT 2~SELECT 'it''s; \\'ok;'|SELECT 2",
        "SELECT 1 /* ; */ + 2; SELECT 2~SELECT 1 /* ; */ + 2|SELECT 2",
        "SELECT 1 /*!50110 + 1; */; SELECT 2~SELECT 1 /*!50110 + 1|*/|SELECT 2",
        "SELECT 1 /*!99999 + 1; */; SELECT 2~SELECT 1|SELECT 2",
        "SELECT 1 /*M!100100 + 1; */; SELECT 2~SELECT 1|SELECT 2",
        "SELECT 1--2; SELECT 2~SELECT 1--2|SELECT 2",
        "SELECT 1\\G SELECT 2\\g~SELECT 1|SELECT 2",
        "# only a comment~^^",
        "/*!40101 */;~^^",
        "^^~^^",
      })
  void cutsWhereTheClientDoes(String text, String expected) {
    assertThat(String.join("|", texts(Resource.mysql(text)))).isEqualTo(expected);
  }

  @Test
  void endsCommentsWithTheirLine() {
    var script = Resource.mysql("SELECT 1 -- a; b\n; # c; d\n-- \nSELECT 2");
    assertThat(texts(script)).containsExactly("SELECT 1", "SELECT 2");
    assertThat(script.comments()).extracting(Comment::text).containsExactly(" a; b", " c; d", " ");
  }

  @Test
  void followsDelimiter() {
    var script =
        Resource.mysql(
            """
            DELIMITER //
            CREATE PROCEDURE p() BEGIN SELECT 1; END//
            delimiter ;
            SELECT 2; SELECT 3
            """);
    assertThat(texts(script))
        .containsExactly("CREATE PROCEDURE p() BEGIN SELECT 1; END", "SELECT 2", "SELECT 3");
  }

  @Test
  void takesADelimiterOutOfAWord() {
    var script = Resource.mysql("DELIMITER $$\nSELECT 1 AS a$$SELECT 2$$");
    assertThat(texts(script)).containsExactly("SELECT 1 AS a", "SELECT 2");
  }

  @Test
  void keepsADelimiterInQuotes() {
    var script = Resource.mysql("DELIMITER //\nSELECT '//' //\nSELECT 2//");
    assertThat(texts(script)).containsExactly("SELECT '//'", "SELECT 2");
  }

  @Test
  void refusesDelimiterWithoutOne() {
    var script = Resource.mysql("DELIMITER\nSELECT 1;");
    assertThat(script.statements().getFirst().statement()).isInstanceOf(Statement.Rejected.class);
    assertThat(texts(script)).containsExactly("DELIMITER", "SELECT 1");
  }

  @Test
  void keepsBodiesWholeWithoutDelimiter() {
    var body =
        "CREATE TRIGGER t BEFORE INSERT ON b FOR EACH ROW BEGIN IF NEW.a THEN SET @x = IF(1, 2, 3);"
            + " END IF; CASE NEW.b WHEN 1 THEN SET @y = CASE WHEN 1 THEN 2 END; END CASE; END";
    var script = Resource.mysql(body + ";\nSELECT 2");
    assertThat(texts(script)).containsExactly(body, "SELECT 2");
  }

  @Test
  void doesNotTakeATransactionForABody() {
    assertThat(texts(Resource.mysql("BEGIN; UPDATE t SET a = 1; COMMIT")))
        .containsExactly("BEGIN", "UPDATE t SET a = 1", "COMMIT");
  }

  @Test
  void readsVersionedCommentsAsTheServerDoes() {
    var text = "SELECT 1 /*!80023 , 2 */ /*!90500 , 3 */ /*M!100600 , 4 */ /*!50701 , 5 */ FROM t";
    assertThat(first(new EngineVersion(Engine.MYSQL, 8, 0), text)).isEqualTo("1,2,5");
    assertThat(first(new EngineVersion(Engine.MYSQL, 5, 7), text)).isEqualTo("1,5");
    assertThat(first(new EngineVersion(Engine.MARIADB, 10, 6), text)).isEqualTo("1,4");
  }

  /// The numbers among the tokens that are left of the only statement.
  private static String first(EngineVersion version, String text) {
    var piece = Splitter.split(text, Flavour.of(version)).pieces().getFirst();
    return String.join(
        ",",
        piece.tokens().stream()
            .filter(token -> token.kind() == Token.Kind.NUMBER)
            .map(token -> text.substring(token.start(), token.end()))
            .toList());
  }

  @Test
  void followsTheModesThatAScriptSets() {
    var script =
        Resource.mysql(
            "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'; SELECT 'a\\'; DROP TABLE \"b;c\";"
                + " SET sql_mode = @old; SELECT \"d;\\\"e\"");
    assertThat(texts(script))
        .containsExactly(
            "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
            "SELECT 'a\\'",
            "DROP TABLE \"b;c\"",
            "SET sql_mode = @old",
            "SELECT \"d;\\\"e\"");
    assertThat(script.statements().get(2).statement())
        .isInstanceOfSatisfying(
            Statement.Drop.class,
            drop -> assertThat(drop.names().getFirst().name()).isEqualTo("b;c"));
  }

  @Test
  void saysWhatNeverEnds() {
    for (var open : List.of("SELECT 'a", "SELECT \"a", "SELECT `a", "SELECT /* a", "/*!99999 a")) {
      var script = Resource.mysql("SELECT 1; " + open);
      assertThat(script.statements()).hasSize(2);
      assertThat(script.statements().getLast().statement())
          .isInstanceOfSatisfying(
              Statement.Rejected.class,
              rejected -> assertThat(rejected.message()).startsWith("unterminated"));
    }
  }

  private static List<String> texts(Script script) {
    return script.statements().stream().map(s -> script.source().slice(s.span())).toList();
  }
}
