// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.ChangeLimits;
import dev.plancheck.checks.rollout.ChangeOrder;
import dev.plancheck.checks.rollout.ChangeOrder.Checked;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.ChangeOutcome.Applied;
import dev.plancheck.checks.rollout.ChangeOutcome.Busy;
import dev.plancheck.checks.rollout.ChangeOutcome.Canceled;
import dev.plancheck.checks.rollout.ChangeOutcome.Drifted;
import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import dev.plancheck.checks.rollout.TargetChanger;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.text.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A sheet in one transaction, on every version: exactly once, whatever dies.
abstract class ChangeContract {
  private static final String ONE_MORE = "INSERT INTO book (title) VALUES ('more')";
  private static final String SLOW = "SELECT pg_sleep(1.5); " + ONE_MORE;

  private final TestServer server;
  private ChangeFixture fixture;

  ChangeContract(TestServer server) {
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
  void appliesASheetAndTellsWhatTheServerSaid() throws Exception {
    var journal = new KeptJournal();
    var outcome =
        fixture.change(
            fixture.order(
                "a",
                """
                ALTER TABLE book ADD COLUMN note text;
                UPDATE book SET note = 'x' WHERE id < 3;
                INSERT INTO book (title) SELECT title FROM book;
                SELECT * FROM book;
                """),
            journal);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Applied.class,
            applied -> {
              assertThat(applied.earlier()).isFalse();
              assertThat(applied.statements())
                  .extracting(
                      AppliedStatement::number, AppliedStatement::command, AppliedStatement::rows)
                  .containsExactly(
                      tuple(1, "ALTER TABLE", null),
                      tuple(2, "UPDATE", 2L),
                      tuple(3, "INSERT", 3L),
                      tuple(4, "SELECT", 6L));
            });
    assertThat(journal.mode()).isEqualTo(Mode.TRANSACTION);
    assertThat(fixture.query("SELECT count(note) FROM book")).isEqualTo("2");
    assertThat(
            fixture.query("SELECT task || ' ' || applied_by FROM plancheck_record.applied_change"))
        .isEqualTo("a " + server.cluster().user());
  }

  @Test
  void anEmptySheetIsApplied() throws Exception {
    assertThat(fixture.change(fixture.order("a", "-- nothing\n"))).isInstanceOf(Applied.class);
  }

  @Test
  void aTaskThatIsDoneIsNotDoneAgain() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.checked("a", ONE_MORE);
    assertThat(fixture.change(order, journal)).isInstanceOf(Applied.class);
    fixture.execute("ALTER TABLE book ADD COLUMN later int");
    assertThat(fixture.change(order, journal))
        .isInstanceOfSatisfying(
            Applied.class,
            applied -> {
              assertThat(applied.earlier()).isTrue();
              assertThat(applied.statements()).isEmpty();
            });
    assertThat(books()).isEqualTo(4);
    assertThat(fixture.change(fixture.order("a", ONE_MORE + " -- other")))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.error()).contains("for another sheet"));
    assertThat(fixture.change(fixture.order("b", ONE_MORE))).isInstanceOf(Applied.class);
    assertThat(books()).isEqualTo(5);
  }

  @Test
  void changesWhatIsAsItWasChecked() throws Exception {
    fixture.execute(
        "ALTER DATABASE %s SET lock_timeout = '7s'".formatted(fixture.database)
            + "; ALTER DATABASE %s SET datestyle = 'SQL, DMY'".formatted(fixture.database));
    try {
      var sheet = "ALTER TABLE book ADD COLUMN sold date DEFAULT '02.03.2026'";
      assertThat(fixture.change(fixture.checked("a", sheet))).isInstanceOf(Applied.class);
      assertThat(fixture.query("SELECT extract(day FROM min(sold)) FROM book")).startsWith("2");
    } finally {
      // Readers of every database of the server would notice that there are such settings at all.
      fixture.execute("ALTER DATABASE %s RESET ALL".formatted(fixture.database));
    }
  }

  @Test
  void comparesWhatTheSheetsBeforeMentionToo() throws Exception {
    fixture.execute("CREATE TABLE shelf (id int)");
    var before = "ALTER TABLE shelf ADD COLUMN note text";
    Checked checked;
    try (var session = server.open(fixture.database)) {
      var mentions = Mentions.of(List.of(server.script(before), server.script(ONE_MORE)));
      checked =
          new Checked(
              session.snapshot(mentions, SizeBorders.DEFAULT).fingerprint(),
              List.of(before),
              SizeBorders.DEFAULT);
    }
    var order = fixture.order("a", ONE_MORE);
    var both = new ChangeOrder("a", order.target(), order.sheet(), checked, false, order.limits());
    assertThat(fixture.change(both)).isInstanceOf(Applied.class);
  }

  @Test
  void leavesADatabaseAloneThatHasDrifted() throws Exception {
    var order = fixture.checked("a", ONE_MORE);
    fixture.execute("CREATE INDEX ON book (price)");
    assertThat(fixture.change(order))
        .isInstanceOfSatisfying(
            Drifted.class,
            drifted -> {
              assertThat(drifted.expected()).isNotEqualTo(drifted.found());
              assertThat(drifted.found()).hasSize(64);
            });
    assertThat(books()).isEqualTo(3);
    assertThat(fixture.query("SELECT count(*) FROM plancheck_record.applied_change"))
        .isEqualTo("0");
  }

  @Test
  void anErrorRollsBackAndNamesItsPlace() throws Exception {
    var sheet =
        """
        UPDATE book SET title = 'größer';
        INSERT INTO book (title)
          VALUES ('ä'), (nöwhere);
        """
            .replace("\n", "\r\n");
    var order = fixture.order("a", sheet);
    assertThat(fixture.change(order))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.statement()).isEqualTo(2);
              assertThat(failed.appliedBefore()).isZero();
              assertThat(failed.position()).isEqualTo(new Position(3, 18));
              assertThat(failed.error()).contains("nöwhere", "42703").doesNotContain("größer");
            });
    assertThat(fixture.query("SELECT count(*) FROM book WHERE title = 'größer'")).isEqualTo("0");
  }

  @Test
  void valuesOfRowsAreNotInErrors() throws Exception {
    fixture.execute("CREATE UNIQUE INDEX ON book (title)");
    assertThat(fixture.change(fixture.order("a", "INSERT INTO book (title) VALUES ('two')")))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.error()).contains("23505").doesNotContain("two"));
  }

  @Test
  void nothingRunsOfASheetThatCannotRun() throws Exception {
    refused(ONE_MORE + ";\n  SELEC 1", 2, new Position(2, 3), "");
    refused(ONE_MORE + ";\n\\d book\n", 2, new Position(2, 1), "command of psql");
    refused(
        String.join(";\n", ONE_MORE, "COPY book FROM STDIN", "1\tx\t2\n\\.\n"),
        2,
        new Position(2, 1),
        "COPY");
    refused(ONE_MORE + ";\nBEGIN; " + ONE_MORE, 2, new Position(2, 1), "never ended");
    refused("BEGIN; COMMIT AND CHAIN; COMMIT", 2, new Position(1, 8), "AND CHAIN");
  }

  @Test
  void rowsOfCopyThatHideFailWithoutWaiting() throws Exception {
    assertThat(fixture.change(fixture.order("a", "COPY book FROM /* rows */ STDIN")))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.error()).contains("no rows follow"));
    assertThat(fixture.change(fixture.order("b", "COPY book TO STDOUT")))
        .isInstanceOfSatisfying(
            Applied.class,
            applied -> assertThat(applied.statements().getFirst().rows()).isEqualTo(3));
  }

  @Test
  void waitsForALockAFewTimesAndThenSaysSo() throws Exception {
    var journal = new KeptJournal();
    try (var other = server.cluster().connect(fixture.database);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE book IN ACCESS EXCLUSIVE MODE");
      assertThat(fixture.change(fixture.order("a", ONE_MORE), journal))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.error()).contains("lock timeout", "55P03");
                assertThat(failed.statement()).isEqualTo(1);
              });
      assertThat(journal.retries()).hasSize(2).first().asString().contains("1: ", "55P03");
    }
    assertThat(fixture.change(fixture.order("a", ONE_MORE), journal)).isInstanceOf(Applied.class);
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void aLockInTheWayOfTheComparisonIsNoDrift() throws Exception {
    var order = fixture.checked("a", ONE_MORE);
    var journal = new KeptJournal();
    try (var other = server.cluster().connect(fixture.database);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE book IN ACCESS EXCLUSIVE MODE");
      assertThat(fixture.change(order, journal))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.error()).contains("holds a lock"));
    }
    assertThat(fixture.change(order, journal)).isInstanceOf(Applied.class);
  }

  @Test
  void whoeverTakesOverWaitsForTheWorkOfABackendThatLivesOn() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.checked("a", SLOW);
    try (var proxy = new Proxy(server.cluster().port())) {
      // The worker is cut off while its backend sleeps; nobody tells the backend.
      proxy.loseAnswer("SELECT pg_sleep");
      var first =
          ChangeFixture.later(fixture.through(proxy), order, journal.take(), new StopSignal());
      fixture.awaitBackendAt("pg_sleep");
      assertThat(fixture.change(order, journal))
          .isInstanceOfSatisfying(
              Busy.class, busy -> assertThat(busy.why()).contains("still open"));
      assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(Failed.class);
      assertThat(books()).isEqualTo(3);
    }
    assertThat(eventually(order, journal))
        .isInstanceOfSatisfying(Applied.class, applied -> assertThat(applied.earlier()).isFalse());
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void aPausedWorkerThatWakesUpDoesNotCommit() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.order("a", SLOW);
    var first = ChangeFixture.later(fixture.changer(), order, journal.take(), new StopSignal());
    fixture.awaitBackendAt("pg_sleep");
    assertThat(fixture.change(order, journal)).isInstanceOf(Busy.class);
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(new Canceled(0));
    assertThat(fixture.change(order, journal)).isInstanceOf(Applied.class);
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void manyAtOnceApplyATaskOnce() throws Exception {
    var order = fixture.order("a", "SELECT pg_sleep(0.1); " + ONE_MORE);
    var others = new ArrayList<CompletableFuture<ChangeOutcome>>();
    for (var owner = 0; owner < 6; owner++) {
      // Each with a journal of its own: nothing but the database holds them apart.
      others.add(
          ChangeFixture.later(
              fixture.changer(), order, new KeptJournal().take(), new StopSignal()));
    }
    var outcomes = new ArrayList<ChangeOutcome>();
    for (var other : others) {
      outcomes.add(other.get(20, TimeUnit.SECONDS));
    }
    assertThat(outcomes)
        .filteredOn(outcome -> outcome instanceof Applied applied && !applied.earlier())
        .hasSize(1);
    assertThat(outcomes).allMatch(outcome -> outcome instanceof Applied || outcome instanceof Busy);
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void manyTasksMakeTheRecordTableTogether() throws Exception {
    var tasks = new ArrayList<CompletableFuture<ChangeOutcome>>();
    for (var task = 0; task < 6; task++) {
      tasks.add(
          ChangeFixture.later(
              fixture.changer(),
              fixture.order("task " + task, ONE_MORE),
              new KeptJournal().take(),
              new StopSignal()));
    }
    for (var task : tasks) {
      assertThat(task.get(20, TimeUnit.SECONDS)).isInstanceOf(Applied.class);
    }
    assertThat(books()).isEqualTo(9);
  }

  @Test
  void anAnswerToCommitThatIsLostIsLookedUp() throws Exception {
    var journal = new KeptJournal();
    try (var proxy = new Proxy(server.cluster().port())) {
      proxy.loseAnswer("COMMIT");
      // The record table is made through another way, so that the first COMMIT is the task's.
      fixture.change(fixture.order("first", "SELECT 1"));
      var order = fixture.order("a", ONE_MORE);
      assertThat(fixture.through(proxy).change(order, journal.take(), new StopSignal()))
          .isInstanceOfSatisfying(
              Applied.class, applied -> assertThat(applied.statements()).hasSize(1));
    }
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void aCommitThatNeverArrivedIsNotTakenForDone() throws Exception {
    var journal = new KeptJournal();
    var order = fixture.order("a", ONE_MORE);
    try (var proxy = new Proxy(server.cluster().port())) {
      fixture.change(fixture.order("first", "SELECT 1"));
      proxy.loseMessage("COMMIT");
      assertThat(fixture.through(proxy).change(order, journal.take(), new StopSignal()))
          .isInstanceOfSatisfying(
              Busy.class, busy -> assertThat(busy.why()).contains("answer to COMMIT was lost"));
      assertThat(books()).isEqualTo(3);
    }
    assertThat(eventually(order, journal)).isInstanceOf(Applied.class);
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void aBackendThatIsEndedAtCommitHasDoneNothing() throws Exception {
    fixture.execute(
        """
        CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_sleep(10); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON book DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION slow();
        """);
    var change =
        ChangeFixture.later(
            fixture.changer(),
            fixture.order("a", ONE_MORE),
            new KeptJournal().take(),
            new StopSignal());
    // The record table is made by a COMMIT of its own, which does not sleep.
    fixture.await(
        "SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity WHERE query = 'COMMIT'"
            + " AND datname = current_database() AND wait_event = 'PgSleep'");
    assertThat(change.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.error()).contains("lost at COMMIT"));
    assertThat(books()).isEqualTo(3);
  }

  @Test
  void aDeferredErrorAtCommitIsTold() throws Exception {
    fixture.execute("ALTER TABLE book ADD UNIQUE (title) DEFERRABLE INITIALLY DEFERRED");
    assertThat(fixture.change(fixture.order("a", "INSERT INTO book (title) VALUES ('two')")))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.error()).startsWith("at COMMIT: ").contains("23505"));
  }

  @Test
  void aStopCancelsWhatRuns() throws Exception {
    var stop = new StopSignal();
    var change =
        ChangeFixture.later(
            fixture.changer(),
            fixture.order("a", ONE_MORE + "; SELECT pg_sleep(30)"),
            new KeptJournal().take(),
            stop);
    fixture.awaitBackendAt("pg_sleep");
    var start = System.nanoTime();
    stop.stop(new StopSignal.Reason.Canceled());
    assertThat(change.get(5, TimeUnit.SECONDS)).isEqualTo(new Canceled(0));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(books()).isEqualTo(3);
  }

  @Test
  void aStopEndsAPause() throws Exception {
    var stop = new StopSignal();
    var patient = limited(Duration.ofMillis(100), Duration.ZERO, Duration.ofMinutes(5));
    var journal = new KeptJournal();
    try (var other = server.cluster().connect(fixture.database);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE book IN ACCESS EXCLUSIVE MODE");
      var change = ChangeFixture.later(fixture.changer(), patient, journal.take(), stop);
      while (journal.retries().isEmpty()) {
        Thread.sleep(20);
      }
      stop.stop(new StopSignal.Reason.Leaving());
      assertThat(change.get(2, TimeUnit.SECONDS)).isEqualTo(new Canceled(0));
    }
  }

  @Test
  void aStatementEndsAtItsLimit() throws Exception {
    var order = limited(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofSeconds(1));
    fixture.execute("CREATE RULE slow AS ON INSERT TO book DO ALSO SELECT pg_sleep(5)");
    assertThat(fixture.change(order))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.error()).contains("57014"));
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    var journal = new KeptJournal();
    var outcome = new CompletableFuture<ChangeOutcome>();
    var owner = journal.take();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outcome.complete(
                    fixture.changer().change(fixture.order("a", SLOW), owner, new StopSignal()));
              } catch (InterruptedException | RuntimeException e) {
                outcome.completeExceptionally(e);
              }
            });
    fixture.awaitBackendAt("pg_sleep");
    thread.interrupt();
    assertThatThrownBy(() -> outcome.get(1, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(eventually(fixture.order("a", SLOW), journal)).isInstanceOf(Applied.class);
    assertThat(books()).isEqualTo(4);
  }

  @Test
  void aDatabaseThatCannotBeReachedIsToBeTriedAgain() throws Exception {
    TargetChanger changer;
    try (var proxy = new Proxy(server.cluster().port())) {
      changer = fixture.through(proxy);
    }
    var order = fixture.order("a", ONE_MORE);
    assertThat(changer.change(order, new KeptJournal().take(), new StopSignal()))
        .isInstanceOf(Busy.class);
  }

  private void refused(String sheet, int statement, Position position, String words)
      throws Exception {
    assertThat(fixture.change(fixture.order("refused", sheet)))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.error()).contains(words);
              assertThat(failed.statement()).isEqualTo(statement);
              assertThat(failed.position()).isEqualTo(position);
            });
    assertThat(books()).isEqualTo(3);
  }

  private ChangeOrder limited(Duration lock, Duration statement, Duration pause) {
    return new ChangeOrder(
        "limited",
        fixture.order("limited", ONE_MORE).target(),
        Sheet.of(ONE_MORE),
        null,
        false,
        new ChangeLimits(Duration.ofSeconds(10), lock, statement, 5, pause));
  }

  /// Tried until nobody is in the way any more.
  private ChangeOutcome eventually(ChangeOrder order, KeptJournal journal) throws Exception {
    while (true) {
      var outcome = fixture.change(order, journal);
      if (!(outcome instanceof Busy)) {
        return outcome;
      }
    }
  }

  private int books() throws Exception {
    return Integer.parseInt(fixture.query("SELECT count(*) FROM book"));
  }
}
