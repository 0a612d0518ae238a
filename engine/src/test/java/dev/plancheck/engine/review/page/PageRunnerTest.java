// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PageRunnerTest {
  record Delete() implements StatementRule {
    @Override
    public RuleInfo info() {
      return new RuleInfo(
          "data.delete", "Rows deleted", Status.ERROR, Set.of(Engine.POSTGRESQL), "0.1");
    }

    @Override
    public void check(ScriptStatement statement, Context context) {
      if (statement.statement() instanceof Statement.Delete delete
          && context.schema().isInUse(delete.table())) {
        context.report(statement.span(), "Rows of %s go.".formatted(delete.table()));
      }
    }
  }

  private static final PageRunner RUNNER = new PageRunner(List.of(new Delete()));
  private static final String PAGE =
      """
      # data.delete

      ## Found

      ```sql
      SELECT 1;
      DELETE FROM book; -- error: data.delete
      ```

      ```finding
      error at 2:1: Rows deleted
        Rows of book go.
      ```

      ## Not found

      ```sql schema shop size=EMPTY size.author=SMALL
      CREATE TABLE book (id int);
      CREATE TABLE author (id int);
      ```

      ```sql schema=shop version=13
      DELETE FROM book;
      DELETE FROM author; -- error: data.delete
      ```
      """;

  @Test
  void acceptsAPageThatKeepsItsWord() {
    assertThat(RUNNER.problems(RulePage.of(PAGE))).isEmpty();
    assertThat(RUNNER.withSnapshots(RulePage.of(PAGE))).isEqualTo(PAGE);
  }

  @Test
  void readsTitleAndHeadings() {
    assertThat(RulePage.of(PAGE).title()).isEqualTo("data.delete");
    assertThat(RulePage.of(PAGE).headings()).containsExactly("Found", "Not found");
  }

  @Test
  void tellsALineThatIsReportedWithoutBeingExpected() {
    assertThat(RUNNER.problems(RulePage.of(PAGE.replaceFirst(" -- error: data.delete", ""))))
        .containsExactly("line 7: error data.delete is reported: Rows of book go.");
  }

  @Test
  void tellsALineThatIsExpectedWithoutBeingReported() {
    assertThat(
            RUNNER.problems(
                RulePage.of(PAGE.replace("SELECT 1;", "SELECT 1; -- error: data.delete"))))
        .containsExactly("line 6: error data.delete is not reported");
  }

  @Test
  void tellsAnotherSeverityThanExpected() {
    assertThat(RUNNER.problems(RulePage.of(PAGE.replaceFirst("-- error", "-- warning"))))
        .containsExactly(
            "line 7: warning data.delete is not reported",
            "line 7: error data.delete is reported: Rows of book go.");
  }

  @Test
  void tellsAndRewritesAnOutdatedSnapshot() {
    var outdated = PAGE.replace("  Rows of book go.", "  Old words.\n  Two lines.");

    assertThat(RUNNER.problems(RulePage.of(outdated)))
        .containsExactly(
            "line 11: the findings above are shown otherwise; `make snapshots` rewrites this");
    assertThat(RUNNER.withSnapshots(RulePage.of(outdated))).isEqualTo(PAGE);
  }

  @Test
  void refusesASchemaThatThePageDoesNotDescribe() {
    var page = RulePage.of(PAGE.replace("schema=shop", "schema=bank"));

    assertThatThrownBy(() -> RUNNER.problems(page))
        .hasMessage("line 23: schema=bank (expected: one of shop)");
  }
}
