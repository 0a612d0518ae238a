// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.dialect.Comment;
import dev.plancheck.engine.text.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitterTest {
  @Test
  void findsTheEndOfDataWhateverEndsItsLines() {
    for (var end : List.of("\n", "\r\n", "\r")) {
      var script =
          String.join(end, "COPY t FROM stdin;", "1", "\\.", "DROP TABLE u;", "\\echo x", "");
      assertThat(Splitter.split(script + "DROP TABLE v").pieces()).as(script).hasSize(4);
    }
  }

  @Test
  void endsStatementsAtSemicolonsOutsideOfQuotesAndComments() {
    assertThat(
            statements(
                """
                select ';', E'a\\';', "b;", $$c;$$, $x$ $$;$$ $x$ -- d;
                  /* e; /* f; */ g; */ , h;
                select U&'a;' , B'1' ; ;;
                """))
        .containsExactly(
            """
            select ';', E'a\\';', "b;", $$c;$$, $x$ $$;$$ $x$ -- d;
              /* e; /* f; */ g; */ , h\
            """,
            "select U&'a;' , B'1'");
  }

  @Test
  void takesABackslashForAnEscapeOnlyBehindE() {
    assertThat(statements("select 'a\\'; select E'\\\\'; select e'\\';'; select nope'\\';"))
        .containsExactly("select 'a\\'", "select E'\\\\'", "select e'\\';'", "select nope'\\'");
  }

  @Test
  void knowsADollarWithinANameFromADollarQuote() {
    assertThat(statements("select a$b; select $1$2; select b$x$; select $1a$; select $1"))
        .containsExactly("select a$b", "select $1$2", "select b$x$", "select $1a$", "select $1");
    assertThat(statements("select $été$;$été$; select 1"))
        .containsExactly("select $été$;$été$", "select 1");
  }

  @Test
  void keepsBodiesOfSqlFunctionsWhole() {
    var function =
        """
        CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC
          SELECT CASE WHEN a > 0 THEN CASE a WHEN 1 THEN 2 END ELSE 0 END;
          SELECT 1;
        END\
        """;
    assertThat(statements(function + "; SELECT 2")).containsExactly(function, "SELECT 2");
    var procedure = "create or replace procedure p() begin atomic; update t set a = 1; end";
    assertThat(statements("BEGIN; " + procedure + ";END;"))
        .containsExactly("BEGIN", procedure, "END");
  }

  @Test
  void keepsRulesWholeButNoOtherOpenBracket() {
    assertThat(
            statements(
                """
                CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); SELECT 3;
                CREATE TABLE t (a int; SELECT 4\
                """))
        .containsExactly(
            "CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
            "SELECT 3",
            "CREATE TABLE t (a int",
            "SELECT 4");
  }

  @Test
  void findsNothingInBlanksCommentsAndSemicolons() {
    assertThat(Splitter.split("").pieces()).isEmpty();
    assertThat(Splitter.split(" \r\n\t;;/* ; */;-- ;").pieces()).isEmpty();
    assertThat(Splitter.split("\ufeff").pieces()).isEmpty();
  }

  @Test
  void skipsAByteOrderMarkOnlyAtTheBeginning() {
    assertThat(Splitter.split("\ufeffselect 1").pieces())
        .containsExactly(new Piece.Sql(new Span(1, 9), 0));
  }

  @Test
  void keepsComments() {
    assertThat(Splitter.split("-- a\r\nselect /* b /* c */ */ 1 --d").comments())
        .containsExactly(
            new Comment(new Span(0, 4), " a"),
            new Comment(new Span(13, 28), " b /* c */ "),
            new Comment(new Span(31, 34), "d"));
  }

  @Test
  void skipsRowsOfCopyUpToTheirEnd() {
    assertThat(
            statements(
                """
                COPY t (a) FROM STDIN WITH (FORMAT csv); -- comment
                1;'
                DROP TABLE t;
                \\.
                SELECT 1;
                copy t from stdin;\r
                $$\r
                \\.\r
                COPY t TO STDOUT;
                COPY (SELECT 1 FROM stdin) TO STDOUT;
                COPY t FROM '/x';
                SELECT 2\
                """))
        .containsExactly(
            "COPY t (a) FROM STDIN WITH (FORMAT csv)",
            "SELECT 1",
            "copy t from stdin",
            "COPY t TO STDOUT",
            "COPY (SELECT 1 FROM stdin) TO STDOUT",
            "COPY t FROM '/x'",
            "SELECT 2");
  }

  @Test
  void saysThatRowsOfCopyDoNotEnd() {
    assertThat(Splitter.split("COPY t FROM STDIN;\nDROP TABLE t;\n\n").pieces())
        .containsExactly(new Piece.Sql(new Span(0, 17), 0), new Piece.OpenData(new Span(19, 32)));
    assertThat(Splitter.split("COPY t FROM STDIN;\n\n").pieces())
        .containsExactly(new Piece.Sql(new Span(0, 17), 0));
    assertThat(Splitter.split("COPY t FROM STDIN").pieces())
        .containsExactly(new Piece.Sql(new Span(0, 17), 0));
  }

  @Test
  void knowsCommandsOfPsql() {
    assertThat(
            Splitter.split(
                    """
                    \\connect shop; SELECT 'not run'
                      \\i 'other file.sql'  \r
                    \\.
                    SELECT 1 \\gexec
                    SELECT 2 \\g out.txt
                    SELECT 3\\; SELECT 4;
                    """)
                .pieces())
        .containsExactly(
            new Piece.Meta(new Span(0, 31), "\\connect"),
            new Piece.Meta(new Span(34, 53), "\\i"),
            new Piece.Meta(new Span(57, 59), "\\."),
            new Piece.Sql(new Span(60, 68), 0),
            new Piece.Meta(new Span(69, 75), "\\gexec"),
            new Piece.Sql(new Span(76, 84), 0),
            new Piece.Meta(new Span(85, 95), "\\g"),
            new Piece.Sql(new Span(96, 104), 0),
            new Piece.Sql(new Span(107, 115), 0));
  }

  @Test
  void takesACommandOfPsqlWithinAStatementForPartOfIt() {
    assertThat(Splitter.split("DELETE FROM t\n\\echo hi; there\nWHERE a = 1; SELECT 1").pieces())
        .containsExactly(
            new Piece.Mixed(new Span(0, 41), "\\echo"), new Piece.Sql(new Span(43, 51), 0));
  }

  @Test
  void skipsRowsOfPsqlsOwnCopy() {
    assertThat(statements("\\copy t from stdin csv\nDROP TABLE t;\n\\.\nSELECT 1"))
        .containsExactly("\\copy t from stdin csv", "SELECT 1");
    assertThat(statements("\\copy t from 'stdin.csv'\nSELECT 1"))
        .containsExactly("\\copy t from 'stdin.csv'", "SELECT 1");
  }

  @Test
  void pointsAtWhatNeverEnds() {
    assertThat(Splitter.split("SELECT 1; SELECT 'a; \n").pieces())
        .containsExactly(
            new Piece.Sql(new Span(0, 8), 0),
            new Piece.Unterminated(
                new Span(10, 20), "unterminated quoted string", new Span(17, 18)));
    assertThat(Splitter.split("SELECT E'a\\'").pieces())
        .containsExactly(
            new Piece.Unterminated(new Span(0, 12), "unterminated quoted string", new Span(7, 9)));
    assertThat(Splitter.split("SELECT U&\"a").pieces())
        .containsExactly(
            new Piece.Unterminated(
                new Span(0, 11), "unterminated quoted identifier", new Span(7, 10)));
    assertThat(Splitter.split("DO $b$ x $$ ;").pieces())
        .containsExactly(
            new Piece.Unterminated(
                new Span(0, 13), "unterminated dollar-quoted string", new Span(3, 6)));
    assertThat(Splitter.split("SELECT 1; /* /* */ ").pieces())
        .containsExactly(
            new Piece.Sql(new Span(0, 8), 0),
            new Piece.Unterminated(new Span(10, 18), "unterminated /* comment", new Span(10, 12)));
  }

  @Test
  void countsTheDepthOfBrackets() {
    assertThat(Splitter.split("SELECT ((a[f(1)])), (2)").pieces())
        .containsExactly(new Piece.Sql(new Span(0, 23), 4));
  }

  private static List<String> statements(String text) {
    return Splitter.split(text).pieces().stream()
        .map(piece -> text.substring(piece.span().start(), piece.span().end()))
        .toList();
  }
}
