// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.ChangeOutcome.Applied;
import dev.plancheck.checks.rollout.ChangeOutcome.Busy;
import dev.plancheck.checks.rollout.ChangeOutcome.Canceled;
import dev.plancheck.checks.rollout.ChangeOutcome.Drifted;
import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import dev.plancheck.checks.rollout.ChangeOutcome.Unknown;
import dev.plancheck.checks.run.StopSignal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A sheet statement by statement, on every version: at most once, or nobody knows.
abstract class StatementsContract {
  private static final String ONE_MORE = "INSERT INTO book (title) VALUES ('more')";

  /// Whatever holds it, this sheet is no transaction.
  private static final String APART = "VACUUM book; ";

  private final TestServer server;
  private ChangeFixture fixture;

  StatementsContract(TestServer server) {
    this.server = server;
  }

  @BeforeEach
  void fill() throws Exception {
    fixture =
        new ChangeFixture(
            server,
            """
            CREATE TABLE book (id serial PRIMARY KEY, title text NOT NULL, price int);
            INSERT INTO book (title) VALUES ('one'), ('two'), ('three');
            """);
  }

  @AfterEach
  void drop() throws Exception {
    fixture.drop();
  }

  @Test
  void appliesStatementsThatCannotBeInATransaction() throws Exception {
    var journal = new KeptJournal();
    var order =
        fixture.checked(
            "a", "CREATE INDEX CONCURRENTLY book_title ON book (title); VACUUM book; " + ONE_MORE);
    assertThat(fixture.change(order, journal))
        .isInstanceOfSatisfying(
            Applied.class,
            applied ->
                assertThat(applied.statements())
                    .extracting(AppliedStatement::command)
                    .containsExactly("CREATE INDEX", "VACUUM", "INSERT"));
    assertThat(journal.mode()).isEqualTo(Mode.STATEMENTS);
    assertThat(journal.finished()).containsExactly(1, 2, 3);
    assertThat(
            fixture.query(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = 'book_title'::regclass"))
        .isEqualTo("t");
    assertThat(fixture.change(order, journal))
        .isInstanceOfSatisfying(
            Applied.class,
            applied -> {
              assertThat(applied.earlier()).isTrue();
              assertThat(applied.statements()).hasSize(3);
            });
    assertThat(books()).isEqualTo(4);
    assertThat(fixture.query("SELECT to_regclass('plancheck_record.applied_change') IS NULL"))
        .isEqualTo("t");
  }

  @Test
  void comparesBeforeTheFirstStatementOnly() throws Exception {
    var order = fixture.checked("a", APART + ONE_MORE + "; ALTER TABLE book ADD x int");
    fixture.execute("CREATE INDEX ON book (price)");
    var journal = new KeptJournal();
    assertThat(fixture.change(order, journal)).isInstanceOf(Drifted.class);
    assertThat(journal.mode()).isNull();
    var owner = journal.take();
    owner.began(Mode.STATEMENTS);
    owner.started(1);
    owner.finished(new AppliedStatement(1, "VACUUM", null, Duration.ZERO));
    assertThat(fixture.change(order, journal)).isInstanceOf(Applied.class);
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void aFailedStatementLeavesThoseBeforeItAndMayBeTriedAgain() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.order("a", APART + ONE_MORE + ";\n  INSERT INTO shelf VALUES (1)");
    assertThat(fixture.change(order, journal))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.statement()).isEqualTo(3);
              assertThat(failed.appliedBefore()).isEqualTo(2);
              assertThat(failed.position()).hasToString("2:15");
            });
    fixture.execute("CREATE TABLE shelf (id int)");
    assertThat(fixture.change(order, journal)).isInstanceOf(Applied.class);
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void settingsOfASessionThatIsGoneAreMadeAgain() throws Exception {
    fixture.execute("CREATE SCHEMA other; CREATE TABLE other.book (title text)");
    var journal = new KeptJournal();
    var order = fixture.order("a", APART + "SET search_path = other; " + ONE_MORE);
    var owner = journal.take();
    owner.began(Mode.STATEMENTS);
    for (var number = 1; number <= 2; number++) {
      owner.started(number);
      owner.finished(new AppliedStatement(number, "", null, Duration.ZERO));
    }
    assertThat(fixture.change(order, journal)).isInstanceOf(Applied.class);
    assertThat(fixture.query("SELECT count(*) FROM other.book")).isEqualTo("1");
    assertThat(books()).isEqualTo(3);
  }

  @Test
  void aSheetIsNotContinuedWithoutWhatItsSessionHeld() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.order("a", "CREATE TEMP TABLE t (id int); " + APART + ONE_MORE);
    var owner = journal.take();
    owner.began(Mode.STATEMENTS);
    owner.started(1);
    owner.finished(new AppliedStatement(1, "CREATE TABLE", null, Duration.ZERO));
    assertThat(fixture.change(order, journal))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> {
              assertThat(unknown.why()).contains("Statement 1");
              assertThat(unknown.statement()).isEqualTo(2);
            });
  }

  @Test
  void aTransactionOfTheSheetIsOneUnit() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.order("a", "BEGIN; " + ONE_MORE + "; INSERT INTO shelf VALUES (1); COMMIT");
    assertThat(fixture.change(order, journal))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.statement()).isEqualTo(3);
              assertThat(failed.appliedBefore()).isZero();
            });
    assertThat(books()).isEqualTo(3);
    assertThat(journal.begun()).isEmpty();
    fixture.execute("CREATE TABLE shelf (id int)");
    assertThat(fixture.change(order, journal)).isInstanceOf(Applied.class);
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void whatWasBegunAndNotFinishedWaitsForAPerson() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.order("a", APART + "SELECT pg_sleep(2); " + ONE_MORE);
    try (var proxy = new Proxy(server.cluster().port())) {
      proxy.loseAnswer("pg_sleep");
      var first =
          ChangeFixture.later(fixture.through(proxy), order, journal.take(), new StopSignal());
      fixture.awaitBackendAt("pg_sleep");
      assertThat(fixture.change(order, journal))
          .isInstanceOfSatisfying(
              Busy.class, busy -> assertThat(busy.why()).contains("still at work"));
      assertThat(first.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Unknown.class, unknown -> assertThat(unknown.statement()).isEqualTo(2));
    }
    fixture.await(
        "SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory'"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    assertThat(fixture.change(order, journal))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.statement()).isEqualTo(2));
    assertThat(books()).isEqualTo(3);
  }

  @Test
  void aTransactionOfTheSheetThatNeverCameToItsEndIsRolledBack() throws Exception {
    var journal = new KeptJournal();
    try (var proxy = new Proxy(server.cluster().port())) {
      proxy.loseMessage("pg_sleep");
      var order = fixture.order("a", "BEGIN; " + ONE_MORE + "; SELECT pg_sleep(0); COMMIT");
      assertThat(fixture.through(proxy).change(order, journal.take(), new StopSignal()))
          .isInstanceOf(Failed.class);
    }
    assertThat(journal.begun()).isEmpty();
    assertThat(books()).isEqualTo(3);
  }

  @Test
  void whoeverHasLostTheTaskStopsAtOnce() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.order("a", APART + "SELECT pg_sleep(1); " + ONE_MORE);
    var first = ChangeFixture.later(fixture.changer(), order, journal.take(), new StopSignal());
    fixture.awaitBackendAt("pg_sleep");
    journal.take();
    assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(Canceled.class);
    assertThat(books()).isEqualTo(3);
    assertThat(journal.begun()).containsExactly(2);
  }

  @Test
  void aStopCancelsTheStatementThatRuns() throws Exception {
    var journal = new KeptJournal();
    var stop = new StopSignal();
    var change =
        ChangeFixture.later(
            fixture.changer(),
            fixture.order("a", APART + "SELECT pg_sleep(30)"),
            journal.take(),
            stop);
    fixture.awaitBackendAt("pg_sleep");
    stop.stop(new StopSignal.Reason.Canceled());
    assertThat(change.get(5, TimeUnit.SECONDS)).isEqualTo(new Canceled(1));
    assertThat(journal.begun()).isEmpty();
  }

  @Test
  void aLockIsTriedForAgainButNotByWhatOnlyWaits() throws Exception {
    var journal = new KeptJournal();
    try (var other = server.cluster().connect(fixture.database);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("UPDATE book SET price = 1");
      var index =
          ChangeFixture.later(
              fixture.changer(),
              fixture.order("index", "CREATE INDEX CONCURRENTLY ON book (price)"),
              new KeptJournal().take(),
              new StopSignal());
      assertThat(
              fixture.change(
                  fixture.order("a", "BEGIN; ALTER TABLE book ADD x int; COMMIT"), journal))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.error()).contains("55P03"));
      assertThat(journal.retries()).hasSize(2);
      other.rollback();
      assertThat(index.get(10, TimeUnit.SECONDS)).isInstanceOf(Applied.class);
    }
  }

  @Test
  void aFailedIndexIsNamed() throws Exception {
    fixture.execute("UPDATE book SET title = 'same'");
    assertThat(
            fixture.change(fixture.order("a", "CREATE UNIQUE INDEX CONCURRENTLY ON book (title)")))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.error()).contains("23505", "an index that is not valid"));
  }

  @Test
  void discardingEverythingKeepsTheLock() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.order("a", "DISCARD ALL; SELECT pg_sleep(1)");
    var first = ChangeFixture.later(fixture.changer(), order, journal.take(), new StopSignal());
    fixture.awaitBackendAt("pg_sleep");
    assertThat(fixture.change(order, new KeptJournal())).isInstanceOf(Busy.class);
    assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(Applied.class);
  }

  @Test
  void withoutTheRightToMakeTheRecordTableOnlyTheJournalKnows() throws Exception {
    var journal = new KeptJournal();
    var user = user("poor", "GRANT ALL ON book, book_id_seq TO");
    var order = fixture.order("a", ONE_MORE + "; INSERT INTO shelf VALUES (1)");
    assertThat(fixture.changeAs(user, order, journal)).isInstanceOf(Failed.class);
    assertThat(books()).isEqualTo(3);
    assertThat(journal.mode()).isEqualTo(Mode.STATEMENTS);
    fixture.execute("CREATE TABLE shelf (id int); GRANT ALL ON shelf TO " + user);
    assertThat(fixture.changeAs(user, order, journal)).isInstanceOf(Applied.class);
    assertThat(fixture.changeAs(user, order, journal))
        .isInstanceOfSatisfying(Applied.class, applied -> assertThat(applied.earlier()).isTrue());
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void aRecordTableThatSomebodyElseMadeIsNotTrusted() throws Exception {
    var user = user("stranger", "GRANT CREATE ON DATABASE %s TO".formatted(fixture.database));
    fixture.execute(
        """
        SET ROLE %s;
        CREATE SCHEMA plancheck_record;
        CREATE TABLE plancheck_record.applied_change (
          task text PRIMARY KEY, sheet text, applied_at timestamptz, applied_by text);
        """
            .formatted(user));
    var journal = new KeptJournal();
    assertThat(fixture.change(fixture.order("a", ONE_MORE), journal)).isInstanceOf(Applied.class);
    assertThat(journal.mode()).isEqualTo(Mode.STATEMENTS);
    assertThat(fixture.query("SELECT count(*) FROM plancheck_record.applied_change"))
        .isEqualTo("0");
  }

  @Test
  void aRecordThatIsGoneWaitsForAPerson() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.order("a", ONE_MORE);
    fixture.change(order, journal);
    fixture.execute("DROP SCHEMA plancheck_record CASCADE");
    assertThat(fixture.change(order, journal))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.why()).contains("is gone"));
    assertThat(books()).isEqualTo(4);
  }

  private String user(String name, String grant) throws Exception {
    var user = name + "_" + fixture.database;
    fixture.execute("CREATE ROLE %s LOGIN PASSWORD 'x'; %s %s".formatted(user, grant, user));
    return user;
  }

  private int books() throws Exception {
    return Integer.parseInt(fixture.query("SELECT count(*) FROM book"));
  }
}
