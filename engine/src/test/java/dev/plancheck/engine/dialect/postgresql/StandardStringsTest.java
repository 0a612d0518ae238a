// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where statements end depends on whether a backslash in a plain string means itself.
class StandardStringsTest {
  private static final String OFF = "SET standard_conforming_strings = off";

  @Test
  void takesABackslashForItselfUnlessTheScriptSaysOtherwise() {
    assertThat(split("SELECT 'a\\'; DROP TABLE t")).containsExactly("SELECT 'a\\'", "DROP TABLE t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET standard_conforming_strings = off",
        "set session Standard_Conforming_Strings to 'OFF'",
        "SET /* old */ \"standard_conforming_strings\" TO false",
        "SET standard_conforming_strings = 0"
      })
  void takesItForAnEscapeOnceThatIsSwitchedOff(String off) {
    var script = Resource.script(off + "; SELECT 'a\\'; DROP TABLE t'; DELETE FROM t");
    assertThat(split(script.source().text()))
        .containsExactly(off, "SELECT 'a\\'; DROP TABLE t'", "DELETE FROM t");
    assertThat(script.statements().get(1).statement())
        .isEqualTo(
            new Statement.NotAnalysed(
                "a backslash in a plain string, while standard_conforming_strings is off"));
    assertThat(script.statements().get(1).plain()).isFalse();
    assertThat(script.statements().get(2).statement()).isInstanceOf(Statement.Delete.class);
  }

  @Test
  void leavesStringsOfOtherKindsAsTheyAre() {
    assertThat(
            split(OFF + "; SELECT E'a\\'', $$\\'$$, U&'\\0041', \"\\\"; SELECT N'\\';'; SELECT 1"))
        .containsExactly(
            OFF, "SELECT E'a\\'', $$\\'$$, U&'\\0041', \"\\\"", "SELECT N'\\';'", "SELECT 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET standard_conforming_strings = on",
        "SET standard_conforming_strings TO DEFAULT",
        "RESET standard_conforming_strings",
        "RESET ALL",
        "DISCARD ALL"
      })
  void takesItForItselfOnceThatIsSwitchedOnAgain(String on) {
    assertThat(split(OFF + "; " + on + "; SELECT 'a\\'; SELECT 2"))
        .containsExactly(OFF, on, "SELECT 'a\\'", "SELECT 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET standard_conforming_strings = off; ROLLBACK",
        "SET LOCAL standard_conforming_strings = off; COMMIT",
        "SET standard_conforming_strings FROM CURRENT",
        "SET standard_conforming_strings = sometimes",
        "SELECT set_config('standard_conforming_strings', 'off', false)",
        "DO $$ BEGIN SET standard_conforming_strings = off; END $$"
      })
  void givesUpAtTheFirstBackslashWhenItCannotTell(String perhaps) {
    var script = Resource.script(perhaps + "; SELECT 'a'; SELECT 'a\\'; DROP TABLE t; SELECT 'b'");
    var last = script.statements().getLast();
    assertThat(script.source().slice(last.span()))
        .isEqualTo("SELECT 'a\\'; DROP TABLE t; SELECT 'b'");
    assertThat(last.statement()).isInstanceOf(Statement.NotAnalysed.class);
    assertThat(last.plain()).isFalse();
    assertThat(split(perhaps + "; SELECT 'a'; SELECT 'b'")).endsWith("SELECT 'a'", "SELECT 'b'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET standard_conforming_strings = on; ROLLBACK",
        "SHOW standard_conforming_strings",
        "ALTER DATABASE d SET standard_conforming_strings = off",
        "-- SET standard_conforming_strings = off\nSELECT 1"
      })
  void isNotMisledByWhatChangesNothing(String harmless) {
    assertThat(split(harmless + "; SELECT 'a\\'; SELECT 2")).endsWith("SELECT 'a\\'", "SELECT 2");
  }

  @Test
  void readsAStringWithEscapesOnOverItsLines() {
    assertThat(split("SELECT E'a'\n'it\\'s; b'; SELECT 2"))
        .containsExactly("SELECT E'a'\n'it\\'s; b'", "SELECT 2");
    assertThat(split("SELECT E'a' -- c\n 'it\\'s; b'; SELECT 2"))
        .containsExactly("SELECT E'a' -- c\n 'it\\'s; b'", "SELECT 2");
    assertThat(split("SELECT E'a', 'b\\'; SELECT 2"))
        .containsExactly("SELECT E'a', 'b\\'", "SELECT 2");
    assertThat(split("SELECT E'a' 'b\\'; SELECT 2"))
        .containsExactly("SELECT E'a' 'b\\'", "SELECT 2");
    assertThat(Literals.value("E'a'\n'\\'b'")).isEqualTo("a'b");
  }

  private static List<String> split(String text) {
    var script = Resource.script(text);
    return script.statements().stream().map(s -> script.source().slice(s.span())).toList();
  }
}
