// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sheets that are no ALTER TABLE for gh-ost, and the page that describes what can be found.
final class GhostExecutorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE book ADD note text; DROP TABLE author;",
        "ALTER TABLE book ADD note text; ALTER TABLE book ADD other text;",
        "",
        "-- nothing\n",
        "CREATE INDEX by_title ON book (title);",
        "UPDATE book SET pages = 1;"
      })
  void refusesEverythingButOneAlterTable(String sheet) throws NotPerformedException {
    assertThat(GhostExecutor.table(script(sheet))).isEmpty();
    assertThat(refused(sheet)).extracting(Finding::rule).containsExactly("ghost.one-alter-table");
  }

  @Test
  void pointsAtTheSecondStatement() throws NotPerformedException {
    var found = refused("ALTER TABLE book ADD note text;\nDROP TABLE author;");

    assertThat(String.valueOf(found.getFirst().range()))
        .isEqualTo("TextRange[start=2:1, end=2:18]");
  }

  @Test
  void refusesARenameInASpellingThatTheGrammarDoesNotKnow() throws NotPerformedException {
    assertThat(refused("ALTER TABLE book RENAME = tome"))
        .extracting(Finding::rule)
        .containsExactly("ghost.rename-table");
  }

  @Test
  void doesNotJudgeWhatItDoesNotUnderstand() {
    assertThatThrownBy(() -> refused("ALTER TABLE book FROBNICATE"))
        .isInstanceOf(NotPerformedException.class)
        .hasMessageContaining("could not be parsed");
  }

  private static List<Finding> refused(String sheet) throws NotPerformedException {
    var script = script(sheet);
    var findings = new Findings(script.source());
    GhostAlter.refuse(script, findings);
    return findings.list();
  }

  private static Script script(String sheet) {
    return Dialects.of(Engine.MYSQL)
        .parse(new SourceText(sheet), EngineVersion.usual(Engine.MYSQL));
  }
}
