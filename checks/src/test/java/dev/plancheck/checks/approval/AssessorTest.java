// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.approval.Assessment.Cause;
import dev.plancheck.checks.approval.Assessment.UnknownFact;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.AffectedRows.Method;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AssessorTest {
  private static final AffectedRows TEN = new AffectedRows(Method.ESTIMATED, 10L, "");
  private static final RiskRule BIG =
      new RiskRule("many rows", "statement.affected_rows > 1000", Risk.HIGH);
  private static final RiskRule TEST_IS_FREE =
      new RiskRule("test", "resource.environment_id == 'test'", Risk.LOW);

  private final Memory memory = new Memory(InstantSource.system());

  @BeforeEach
  void createInstances() {
    memory.instances().create(Samples.instance("pg", "production"));
    memory.instances().create(Samples.instance("lab", "test"));
    sync("pg", 5);
    sync("lab", 5);
  }

  @Test
  void takesTheRiskFromTheKindWhereNoRuleIs() {
    assertThat(assess(List.of(), report(TEN, "UPDATE")).risk()).isEqualTo(Risk.MODERATE);
    assertThat(assess(List.of(), report(TEN, "INSERT")).risk()).isEqualTo(Risk.LOW);
    assertThat(assess(List.of(), report(TEN, "INSERT", "DROP TABLE")).risk()).isEqualTo(Risk.HIGH);
    assertThat(assess(List.of(), report(TEN, "ALTER TABLE DROP COLUMN")).causes())
        .containsExactly(
            new Cause(Risk.HIGH, "DROP COLUMN, which no rule covers", 1),
            new Cause(Risk.MODERATE, "ALTER TABLE, which no rule covers", 1));
  }

  @Test
  void takesTheFirstRuleThatHolds() {
    var rules =
        List.of(
            new RiskRule("book", "statement.table_name == 'book'", Risk.LOW),
            new RiskRule("all", "true", Risk.HIGH));

    var assessment = assess(rules, report(TEN, "DELETE"));

    assertThat(assessment.risk()).isEqualTo(Risk.LOW);
    assertThat(assessment.causes()).containsExactly(new Cause(Risk.LOW, "rule \"book\"", 1));
    assertThat(assessment.unknown()).isEmpty();
  }

  @Test
  void aRuleForOneTargetSparesNoOther() {
    var assessor = assessor(List.of(TEST_IS_FREE), List.of(target("lab", 0), target("pg", 0)));

    take(assessor, target("lab", 0), report(TEN, "DROP TABLE"));
    take(assessor, target("pg", 0), report(TEN, "DROP TABLE"));

    var assessment = assessor.end();
    assertThat(assessment.risk()).isEqualTo(Risk.HIGH);
    assertThat(assessment.targets()).isEqualTo(2);
    assertThat(assessment.causes())
        .containsExactly(
            new Cause(Risk.HIGH, "DROP TABLE, which no rule covers", 1),
            new Cause(Risk.LOW, "rule \"test\"", 1));
  }

  @Test
  void whatIsNotKnownMayHoldAndNeverMakesTheRiskLow() {
    var unknown = AffectedRows.unknown("statement 1: permission denied");

    var assessment = assess(List.of(BIG), report(unknown, "INSERT"));

    assertThat(assessment.risk()).isEqualTo(Risk.HIGH);
    assertThat(assessment.causes())
        .contains(
            new Cause(
                Risk.HIGH, "rule \"many rows\" may hold: not known: statement.affected_rows", 1));
    assertThat(assessment.unknown())
        .containsExactly(new UnknownFact(Facts.AFFECTED_ROWS, "statement 1: permission denied", 1));
    assertThat(assess(List.of(), report(unknown, "INSERT")).risk()).isEqualTo(Risk.MODERATE);
    var free = new RiskRule("free", "true", Risk.LOW);
    assertThat(assess(List.of(free), report(unknown, "INSERT")).risk()).isEqualTo(Risk.MODERATE);
  }

  @Test
  void aCountThatWasEndedPassesForNeitherFewNorMany() {
    var few = new RiskRule("few rows", "statement.affected_rows < 20000", Risk.LOW);
    var capped = new AffectedRows(Method.AT_LEAST, 10_001L, "");

    var assessment = assess(List.of(few, BIG), report(capped, "INSERT"));

    assertThat(assessment.risk()).isEqualTo(Risk.HIGH);
    assertThat(assessment.causes())
        .contains(
            new Cause(
                Risk.HIGH, "rule \"many rows\" may hold: not known: statement.affected_rows", 1));
    assertThat(assessment.unknown())
        .containsExactly(
            new UnknownFact(Facts.AFFECTED_ROWS, "only a least number: the count has a limit", 1));
    assertThat(assess(List.of(few), report(capped, "INSERT")).risk()).isEqualTo(Risk.MODERATE);
    assertThat(assess(List.of(), report(capped, "INSERT")).risk()).isEqualTo(Risk.MODERATE);
  }

  @Test
  void aRuleMayAskWhetherACountWasEnded() {
    var capped = new RiskRule("capped", "statement.affected_method == 'AT_LEAST'", Risk.HIGH);
    var report = report(new AffectedRows(Method.AT_LEAST, 10_001L, ""), "INSERT");

    assertThat(assess(List.of(capped), report).causes())
        .contains(new Cause(Risk.HIGH, "rule \"capped\"", 1));
  }

  @Test
  void aRuleThatMayHoldHidesNoOther() {
    var small = new RiskRule("few rows", "statement.affected_rows < 5", Risk.LOW);
    var drop = new RiskRule("drop", "statement.sql_type == 'DROP INDEX'", Risk.HIGH);

    var assessment =
        assess(List.of(small, drop), report(AffectedRows.unknown("why"), "DROP INDEX"));

    assertThat(assessment.risk()).isEqualTo(Risk.HIGH);
  }

  @Test
  void aTargetThatWasNotCheckedMayBeChangedInAnyWay() {
    var drop = new RiskRule("drop", "statement.sql_type == 'DROP TABLE'", Risk.HIGH);
    var left = Samples.target("change", new DatabaseName("pg", "tenant_001"), true);
    var assessor = assessor(List.of(drop), List.of(target("pg", 0), left));
    take(assessor, target("pg", 0), report(TEN, "INSERT"));

    var assessment = assessor.end();

    assertThat(assessment.risk()).isEqualTo(Risk.HIGH);
    assertThat(assessment.unknown())
        .containsExactly(
            new UnknownFact(
                Facts.STATEMENT, "the database was not checked: it is not in the sample", 1));
  }

  @Test
  void aCheckThatFailedIsNotZero() {
    var target = target("pg", 0);
    var assessor = assessor(List.of(), List.of(target));
    var failed = Result.notPerformed(target, CheckType.STATEMENT_SUMMARY_REPORT, "no route");
    assessor.take(new FoundResult(failed, Instant.EPOCH, false));

    var assessment = assessor.end();

    assertThat(assessment.risk()).isEqualTo(Risk.MODERATE);
    assertThat(assessment.unknown())
        .containsExactly(new UnknownFact(Facts.STATEMENT, "the check failed: no route", 1));
  }

  @Test
  void resultsOfAnotherSheetSayNothing() {
    var target = target("pg", 0);
    var other =
        new CheckTarget(
            target.target(),
            "prod",
            "change",
            "0".repeat(64),
            false,
            false,
            false,
            new TreeMap<>(),
            target.types(),
            false);
    var assessor = assessor(List.of(), List.of(target));

    take(assessor, other, report(TEN, "INSERT"));

    assertThat(assessor.end().unknown())
        .containsExactly(new UnknownFact(Facts.STATEMENT, "the database was not checked", 1));
  }

  @Test
  void resultsOfTheAttemptBeforeSayNothing() {
    var target = target("pg", 0);
    var assessor = assessor(List.of(), List.of(target));
    assessor.take(new FoundResult(result(target, report(TEN, "INSERT")), Instant.EPOCH, true));

    assertThat(assessor.end().risk()).isEqualTo(Risk.MODERATE);
  }

  @Test
  void aStatementThatWasNotAnalysedMayBeAny() {
    var drop = new RiskRule("drop", "statement.sql_type == 'DROP TABLE'", Risk.HIGH);
    var onLoan = new RiskRule("loan", "statement.table_name == 'loan'", Risk.HIGH);
    var report = report(AffectedRows.unknown("not analysed"), "INSERT", "NOT PARSED");

    assertThat(assess(List.of(drop), report).risk()).isEqualTo(Risk.HIGH);
    assertThat(assess(List.of(onLoan), report).risk()).isEqualTo(Risk.HIGH);
    assertThat(assess(List.of(drop), report).unknown())
        .contains(
            new UnknownFact(Facts.SQL_TYPE, "the sheet has statements that were not analysed", 1));
  }

  @Test
  void codeThatWasNotLookedIntoMayReachAnyTable() {
    var onLoan = new RiskRule("loan", "statement.table_name == 'loan'", Risk.HIGH);

    assertThat(assess(List.of(onLoan), report(AffectedRows.unknown("DO runs code"), "DO")).risk())
        .isEqualTo(Risk.HIGH);
    assertThat(assess(List.of(onLoan), report(AffectedRows.unknown("no plan"), "UPDATE")).risk())
        .isEqualTo(Risk.MODERATE);
    assertThat(assess(List.of(onLoan), report(TEN, "SELECT")).risk()).isEqualTo(Risk.LOW);
  }

  @Test
  void asksForEveryTableOfTheSheet() {
    var tables =
        List.of(
            new ChangedTable("public.book", 5L, 5L, TEN),
            new ChangedTable("audit.log", null, null, TEN));
    var report = new SummaryReport("f", List.of("ALTER TABLE"), tables, TEN);
    var big = new RiskRule("big", "statement.table_rows > 1000", Risk.HIGH);
    var audit =
        new RiskRule(
            "audit",
            "statement.schema_name + '.' + statement.table_name == 'audit.log'",
            Risk.HIGH);

    assertThat(assess(List.of(big), report).causes())
        .contains(
            new Cause(Risk.MODERATE, "ALTER TABLE, which no rule covers", 1),
            new Cause(Risk.HIGH, "rule \"big\" may hold: not known: statement.table_rows", 1));
    assertThat(assess(List.of(audit), report).risk()).isEqualTo(Risk.HIGH);
    assertThat(assess(List.of(), report).unknown())
        .containsExactly(new UnknownFact(Facts.TABLE_ROWS, "how many rows audit.log has", 1));
  }

  @Test
  void aRuleThatFailsMayHold() {
    var gold = new RiskRule("gold", "resource.labels['tier'] == 'gold'", Risk.HIGH);

    assertThat(assess(List.of(gold), report(TEN, "INSERT")).risk()).isEqualTo(Risk.HIGH);
    memory
        .databases()
        .label(new DatabaseName("pg", "tenant_000"), new TreeMap<>(Map.of("tier", "tin")));
    assertThat(assess(List.of(gold), report(TEN, "INSERT")).risk()).isEqualTo(Risk.LOW);
  }

  @Test
  void anInstanceThatIsGoneIsNotKnown() {
    memory.instances().delete("pg");

    assertThat(assess(List.of(), report(TEN, "INSERT")).unknown())
        .containsExactly(
            new UnknownFact(Facts.ENGINE, "the instance is not registered any more", 1));
  }

  @Test
  void tenThousandEqualTargetsCostOne() {
    var targets = new ArrayList<CheckTarget>();
    Samples.databases("pg", 10_000).forEach(name -> targets.add(Samples.target(name)));
    var assessor = assessor(List.of(BIG, TEST_IS_FREE), targets);
    targets.forEach(target -> take(assessor, target, report(TEN, "INSERT", "UPDATE")));

    assertThat(assessor.questions()).isEqualTo(4);
    assertThat(assessor.end().causes())
        .containsExactly(
            new Cause(Risk.MODERATE, "UPDATE, which no rule covers", 10_000),
            new Cause(Risk.LOW, "INSERT, which no rule covers", 10_000));
  }

  @Test
  void digestsAreOfAllThatWasFound() {
    var first = assess(List.of(), report(TEN, "UPDATE"));
    var same = assess(List.of(), report(TEN, "UPDATE"));
    var moreRows = assess(List.of(), report(new AffectedRows(Method.ESTIMATED, 11L, ""), "UPDATE"));
    var target = target("pg", 0);
    var assessor = assessor(List.of(), List.of(target));
    var finding = new Finding("x.y", Status.WARNING, "Y", "is y", null);
    assessor.take(
        new FoundResult(
            Result.performed(target, CheckType.STATEMENT_ADVISE, finding, null),
            Instant.EPOCH,
            false));
    take(assessor, target, report(TEN, "UPDATE"));
    var otherFinding = assessor.end();

    assertThat(same).isEqualTo(first);
    assertThat(moreRows.findingsDigest()).isEqualTo(first.findingsDigest());
    assertThat(moreRows.factsDigest()).isNotEqualTo(first.factsDigest());
    assertThat(otherFinding.findingsDigest()).isNotEqualTo(first.findingsDigest());
    assertThat(otherFinding.factsDigest()).isEqualTo(first.factsDigest());
  }

  @Test
  void whatIsNotCheckedIsAtLeastModerate() {
    var assessor = assessor(List.of(), List.of());
    var specs =
        List.<Spec>of(
            new Spec.CreateDatabase("create", "pg", "new"),
            new Spec.ExportData("export", Samples.SHEET.sha256(), Samples.databases("lab", 2)));
    Unchecked.of(specs, Set.of()).forEach(assessor::blind);

    var assessment = assessor.end();

    assertThat(assessment.risk()).isEqualTo(Risk.MODERATE);
    assertThat(assessment.targets()).isEqualTo(3);
    assertThat(assessment.unknown())
        .containsExactly(
            new UnknownFact(Facts.STATEMENT, "spec export exports data, which is not checked", 2),
            new UnknownFact(
                Facts.STATEMENT, "spec create creates a database, of which nothing is checked", 1));
  }

  private Assessment assess(List<RiskRule> rules, SummaryReport report) {
    var target = target("pg", 0);
    var assessor = assessor(rules, List.of(target));
    take(assessor, target, report);
    return assessor.end();
  }

  private Assessor assessor(List<RiskRule> rules, List<CheckTarget> planned) {
    var none = ApprovalTemplate.NOBODY;
    var policy = CompiledPolicy.of(new ApprovalPolicy(rules, none, none, none));
    var names = new HashSet<DatabaseName>();
    planned.forEach(target -> names.add(target.target()));
    var places = Places.read(memory.instances(), memory.databases(), names, policy.used());
    return new Assessor(policy, places, planned);
  }

  private static void take(Assessor assessor, CheckTarget target, SummaryReport report) {
    assessor.take(new FoundResult(result(target, report), Instant.EPOCH, false));
  }

  private static Result result(CheckTarget target, SummaryReport report) {
    return Result.performed(target, CheckType.STATEMENT_SUMMARY_REPORT, Finding.OK, report);
  }

  private static SummaryReport report(AffectedRows affected, String... types) {
    var tables = List.of(new ChangedTable("public.book", 1000L, 8000L, affected));
    return new SummaryReport("fingerprint", List.of(types), tables, affected);
  }

  private static CheckTarget target(String instance, int number) {
    var sample = Samples.target(Samples.databases(instance, number + 1).getLast());
    return new CheckTarget(
        sample.target(),
        instance.equals("lab") ? "test" : "prod",
        sample.spec(),
        sample.sheet(),
        false,
        false,
        false,
        new TreeMap<>(),
        sample.types(),
        false);
  }

  private void sync(String instance, int count) {
    var names = new HashSet<String>();
    Samples.databases(instance, count).forEach(name -> names.add(name.database()));
    memory.databases().sync(instance, names);
  }
}
