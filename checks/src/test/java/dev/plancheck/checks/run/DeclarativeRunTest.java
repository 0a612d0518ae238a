// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static dev.plancheck.checks.run.RunnerRig.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.declarative.Difference;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.Span;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Checks of targets whose sheet is a wanted schema: about what was computed for each of them.
@Timeout(30)
final class DeclarativeRunTest {
  private static final String WANTED = "CREATE TABLE book (id int);";

  private final RunnerRig rig = new RunnerRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private List<Result> advice(RunReport report, int number) {
    return report.results().stream()
        .filter(result -> result.target().equals(name("a", number)))
        .filter(result -> result.type() == CheckType.STATEMENT_ADVISE)
        .toList();
  }

  private Result summary(RunReport report, int number) {
    return report.results().stream()
        .filter(result -> result.target().equals(name("a", number)))
        .filter(result -> result.type() == CheckType.STATEMENT_SUMMARY_REPORT)
        .findFirst()
        .orElseThrow();
  }

  private RunReport run(int targets) throws InterruptedException {
    return rig.run(
        IntStream.range(0, targets)
            .mapToObj(number -> rig.wanting(name("a", number), WANTED))
            .toList());
  }

  @Test
  void twoSchemasGetTwoComputedSheets() throws InterruptedException {
    var one = "ALTER TABLE public.book ADD COLUMN a int;\n";
    var other = "ALTER TABLE public.book ADD COLUMN b int;\n";
    rig.differences.script(name("a", 0), new Difference.Computed(one));
    rig.differences.script(name("a", 1), new Difference.Computed(one));
    rig.differences.script(name("a", 2), new Difference.Computed(other));

    var report = run(3);

    assertThat(report.results())
        .extracting(Result::computed)
        .containsOnly(Sheet.of(one).sha256(), Sheet.of(other).sha256());
    assertThat(report.results()).extracting(Result::sheet).containsOnly(Sheet.of(WANTED).sha256());
    assertThat(summary(report, 2).computed()).isEqualTo(Sheet.of(other).sha256());
    assertThat(summary(report, 2).summary()).isNotNull();
    assertThat(Objects.requireNonNull(summary(report, 2).summary()).statementTypes())
        .containsExactly("ALTER TABLE");
    assertThat(rig.sheets.get(Sheet.of(one).sha256())).isPresent();
    assertThat(rig.sheets.get(Sheet.of(other).sha256())).isPresent();
  }

  @Test
  void aDropIsAnError() throws InterruptedException {
    rig.differences.script(
        name("a", 0),
        new Difference.Computed("SET search_path = pg_catalog;\n\nDROP TABLE public.book;\n"));

    var drops =
        advice(run(1), 0).stream()
            .map(Result::finding)
            .filter(finding -> finding.rule().equals("declarative.drop"))
            .toList();

    assertThat(drops).hasSize(1);
    assertThat(drops.getFirst().status()).isEqualTo(Status.ERROR);
    assertThat(Objects.requireNonNull(drops.getFirst().range()).start().line()).isEqualTo(3);
  }

  @Test
  void nothingToChangeIsASuccessThatSaysSo() throws InterruptedException {
    var report = run(1);

    assertThat(advice(report, 0))
        .extracting(Result::finding)
        .containsExactly(
            new Finding(
                "",
                Status.SUCCESS,
                "OK",
                "nothing to change: the database has the wanted schema",
                null));
    assertThat(Objects.requireNonNull(summary(report, 0).summary()).statementTypes()).isEmpty();
    assertThat(summary(report, 0).computed()).isEqualTo(Sheet.of("").sha256());
    assertThat(report.counts().verdict(RunStatus.DONE)).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatCannotBeComputedIsNeverNoDifference() throws InterruptedException {
    rig.differences.script(name("a", 0), new Difference.NotComputed("it holds a secret"));
    rig.differences.script(
        name("a", 1), new TargetException(Kind.UNREACHABLE, "Nothing listens there."));

    var report = run(3);

    assertThat(
            report.results().stream().filter(result -> result.outcome() == Outcome.NOT_PERFORMED))
        .hasSize(4)
        .extracting(Result::computed)
        .containsOnly("");
    assertThat(advice(report, 0))
        .extracting(result -> result.finding().content())
        .containsExactly("the difference to the wanted schema is not known: it holds a secret");
    assertThat(advice(report, 1))
        .extracting(result -> result.finding().content())
        .containsExactly("Nothing listens there.");
    assertThat(report.counts().verdict(RunStatus.DONE)).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void aSlowCatalogueIsNoDeadServer() throws InterruptedException {
    for (var number = 0; number < 5; number++) {
      rig.differences.fail(name("a", number), new TargetException(Kind.TIMED_OUT, "Too slow."));
    }

    var report = run(6);

    assertThat(summary(report, 5).outcome()).isEqualTo(Outcome.PERFORMED);
    assertThat(advice(report, 4))
        .extracting(result -> result.finding().content())
        .containsExactly("Too slow.");
  }

  @Test
  void aWrongSheetIsAnErrorAtItsPlace() throws InterruptedException {
    rig.differences.script(
        name("a", 0), new Difference.Flawed("type \"nonsense\" does not exist", new Span(13, 17)));

    var report = run(1);

    var finding = advice(report, 0).getFirst().finding();
    assertThat(finding.rule()).isEqualTo("declarative.sheet");
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.content()).isEqualTo("type \"nonsense\" does not exist.");
    assertThat(finding.range()).isNotNull();
    assertThat(Objects.requireNonNull(finding.range()).start().column()).isEqualTo(14);
    assertThat(summary(report, 0).outcome()).isEqualTo(Outcome.NOT_PERFORMED);
  }

  @Test
  void aSheetThatDoesMoreThanDeclareIsNotCompared() throws InterruptedException {
    var report =
        rig.run(List.of(rig.wanting(name("a", 0), WANTED + " INSERT INTO book VALUES (1);")));

    assertThat(advice(report, 0))
        .extracting(result -> result.finding().rule())
        .containsExactly("declarative.sheet");
    assertThat(summary(report, 0).outcome()).isEqualTo(Outcome.NOT_PERFORMED);
    assertThat(rig.targets.openedOf("a")).isZero();
  }

  @Test
  void aComputationThatNeedsTooLongIsEnded() throws InterruptedException {
    rig.differences.hang(name("a", 0));

    var report =
        rig.run(
            RunSettings.DEFAULT.withTimeLimits(Duration.ofMillis(200), Duration.ofMinutes(1)),
            List.of(rig.wanting(name("a", 0), WANTED)));

    assertThat(advice(report, 0))
        .extracting(Result::outcome)
        .containsExactly(Outcome.NOT_PERFORMED);
  }
}
