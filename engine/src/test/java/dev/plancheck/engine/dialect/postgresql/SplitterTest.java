// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SplitterTest {
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
  void keepsBodiesOfSqlFunctionsWhole() {
    var function =
        """
        CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC
          SELECT CASE WHEN a > 0 THEN CASE a WHEN 1 THEN 2 END ELSE 0 END;
          SELECT 1;
        END\
        """;
    assertThat(statements(function + "; SELECT 2")).containsExactly(function, "SELECT 2");
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

  private static List<String> statements(String text) {
    return Splitter.split(text).pieces().stream()
        .map(piece -> text.substring(piece.span().start(), piece.span().end()))
        .toList();
  }
}
