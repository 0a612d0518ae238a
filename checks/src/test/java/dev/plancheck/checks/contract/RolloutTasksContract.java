// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static dev.plancheck.checks.contract.RolloutStory.APPLIED;
import static dev.plancheck.checks.contract.RolloutStory.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.Backup;
import dev.plancheck.checks.rollout.Backup.BackedUpTable;
import dev.plancheck.checks.rollout.ChangeJournal.Entry;
import dev.plancheck.checks.rollout.ChangeJournal.Mode;
import dev.plancheck.checks.rollout.ChangeOutcome;
import dev.plancheck.checks.rollout.DatabaseChange;
import dev.plancheck.checks.rollout.FailurePolicy;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.RolloutOptions;
import dev.plancheck.checks.rollout.RolloutTasks;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.engine.text.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [RolloutTasks] does.
public abstract class RolloutTasksContract extends StorageContract {
  private static final DatabaseName FIRST = new DatabaseName("pg", "tenant_000");
  private static final AppliedStatement INDEX =
      new AppliedStatement(1, "CREATE INDEX", null, Duration.ofMillis(12));
  private static final AppliedStatement UPDATE =
      new AppliedStatement(2, "UPDATE", 1L << 40, Duration.ofMillis(3));

  private RolloutStory story;

  @BeforeEach
  void begin() {
    story = new RolloutStory(ports());
  }

  private RolloutTasks tasks() {
    return story.tasks();
  }

  private static TaskKey key(Rollout rollout) {
    return new TaskKey(rollout.id(), 1);
  }

  private TaskState state(Rollout rollout) {
    return story.task(rollout, 1).state();
  }

  @Test
  void aClaimHasAllThatTheWorkNeeds() {
    var rollout = story.create(1);

    var claim = story.begin(rollout, 1);

    assertThat(claim.name()).isEqualTo(story.task(rollout, 1).name());
    assertThat(claim.item()).isEqualTo(story.task(rollout, 1).item());
    assertThat(claim.plan()).isEqualTo(rollout.plan());
    assertThat(claim.checked()).isEqualTo(RolloutStory.checked(1));
    assertThat(claim.before()).isEmpty();
    assertThat(claim.waited()).isZero();
    assertThat(state(rollout)).isEqualTo(TaskState.RUNNING);
    assertThat(tasks().isWanted(claim)).isTrue();
  }

  @Test
  void whoTakesOverShutsOutTheOwnerBefore() {
    var rollout = story.create(1);
    var lost = story.begin(rollout, 1);
    assertThat(tasks().journal(lost).began(Mode.STATEMENTS)).isTrue();
    assertThat(tasks().journal(lost).started(1)).isTrue();

    var claim = story.claim(rollout, 1);

    assertThat(claim.epoch()).isGreaterThan(lost.epoch());
    assertThat(tasks().isWanted(lost)).isFalse();
    var journal = tasks().journal(lost);
    assertThat(journal.began(Mode.STATEMENTS)).isFalse();
    assertThat(journal.started(2)).isFalse();
    assertThat(journal.finished(INDEX)).isFalse();
    assertThat(journal.failed(1)).isFalse();
    assertThat(journal.committing()).isFalse();
    assertThat(journal.retrying(1, "why")).isFalse();
    assertThat(tasks().finish(lost, APPLIED)).isFalse();
    assertThat(tasks().postpone(lost, "why", Duration.ZERO)).isFalse();
    assertThat(tasks().release(lost)).isFalse();
    assertThat(tasks().journal(claim).history().entries()).containsExactly(new Entry(1, null));
    assertThat(tasks().finish(claim, APPLIED)).isTrue();
    assertThat(tasks().finish(claim, FAILED)).as("it has ended").isFalse();
  }

  @Test
  void theJournalIsTheSameForAllOwners() {
    var rollout = story.create(1);
    var journal = tasks().journal(story.begin(rollout, 1));
    assertThat(journal.history().mode()).isNull();

    assertThat(journal.began(Mode.STATEMENTS)).isTrue();
    assertThat(journal.began(Mode.STATEMENTS)).as("again").isTrue();
    assertThat(journal.started(1)).isTrue();
    assertThat(journal.finished(INDEX)).isTrue();
    assertThat(journal.started(2)).isTrue();
    assertThat(journal.failed(2)).isTrue();
    assertThat(journal.started(2)).isTrue();

    var history = tasks().journal(story.claim(rollout, 1)).history();
    assertThat(history.mode()).isEqualTo(Mode.STATEMENTS);
    assertThat(history.entries()).containsExactly(new Entry(1, INDEX), new Entry(2, null));
  }

  @Test
  void aCanceledTaskBeginsNothingMoreAndStillTellsWhatIsDone() {
    var rollout = story.create(1);
    var claim = story.begin(rollout, 1);
    var journal = tasks().journal(claim);
    assertThat(journal.began(Mode.STATEMENTS) && journal.started(1)).isTrue();

    story.rollouts().cancel(rollout.id(), "users/ann");

    assertThat(journal.finished(INDEX)).isTrue();
    assertThat(journal.started(2)).isFalse();
    assertThat(journal.committing()).isFalse();
    assertThat(tasks().finish(claim, new ChangeOutcome.Canceled(1))).isTrue();
    assertThat(state(rollout)).isEqualTo(TaskState.CANCELED);
    assertThat(story.task(rollout, 1).report().appliedBefore()).isEqualTo(1);
    assertThat(log()).extracting(DatabaseChange::outcome).containsExactly(TaskState.CANCELED);
  }

  private List<DatabaseChange> log() {
    return story.rollouts().changes(FIRST, 99, Long.MAX_VALUE);
  }

  @Test
  void keepsWhatOneTransactionDid() {
    var rollout = story.create(1);
    var claim = story.begin(rollout, 1);
    var journal = tasks().journal(claim);
    var backup =
        new Backup(List.of(new BackedUpTable(2, "\"é\".book", "backup.book_1", 7, "INSERT …")));
    assertThat(journal.began(Mode.TRANSACTION) && journal.committing()).isTrue();

    var applied =
        new ChangeOutcome.Applied(List.of(INDEX, UPDATE), false, backup, Duration.ofMillis(20));
    assertThat(tasks().finish(claim, applied)).isTrue();

    var work = story.rollouts().work(key(rollout));
    assertThat(work.mode()).isEqualTo(Mode.TRANSACTION);
    assertThat(work.entries()).containsExactly(new Entry(1, INDEX), new Entry(2, UPDATE));
    assertThat(work.backup()).isEqualTo(backup);
    assertThat(state(rollout)).isEqualTo(TaskState.DONE);
    assertThat(story.task(rollout, 1).times().endedAt()).isNotNull();
  }

  @Test
  void keepsWhatIsToBlameForAFailure() {
    var rollout = story.create(1);
    var failed = new ChangeOutcome.Failed("no such \0 table é", 3, new Position(7, 2), 2);

    story.finish(rollout, 1, failed);

    var report = story.task(rollout, 1).report();
    assertThat(report.words()).isEqualTo("no such \0 table é");
    assertThat(report.statement()).isEqualTo(3);
    assertThat(report.position()).isEqualTo(new Position(7, 2));
    assertThat(report.appliedBefore()).isEqualTo(2);
  }

  @Test
  void logsWhatWasDoneToADatabaseTheNewestFirst() {
    var rollout = story.create(2);
    story.finish(rollout, 1, FAILED);
    story.rollouts().retry(key(rollout), "users/kim");
    story.finish(rollout, 1, APPLIED);
    story.finish(rollout, 2, APPLIED);

    assertThat(log())
        .extracting(DatabaseChange::outcome)
        .containsExactly(TaskState.DONE, TaskState.FAILED);
    var last = log().getFirst();
    assertThat(last.plan()).isEqualTo(rollout.plan());
    assertThat(last.planVersion()).isEqualTo(1);
    assertThat(last.sheet()).isEqualTo(Samples.SHEET.sha256());
    assertThat(last.task()).isEqualTo(story.task(rollout, 1).name());
    assertThat(last.database()).isEqualTo(FIRST);
    assertThat(story.rollouts().changes(FIRST, 9, last.id())).hasSize(1);
    assertThat(story.rollouts().changes(FIRST, 1, Long.MAX_VALUE)).containsExactly(last);
  }

  @Test
  void aStageThatStoppedTakesBackWhatHasNotBegun() {
    var rollout = story.create(3);
    story.rollouts().startStage(rollout.id(), 0, "users/ann");
    story.release(rollout, 1, 2);
    var waiting = story.turn(rollout, 2);
    tasks().finish(story.claim(rollout, 1), FAILED);

    assertThat(tasks().claim(waiting)).isEmpty();

    assertThat(story.task(rollout, 2).state()).isEqualTo(TaskState.PENDING);
    assertThat(tasks().claim(waiting)).as("that turn is over").isEmpty();
    story.rollouts().retry(key(rollout), "users/ann");
    assertThat(story.release(rollout, 1, 2)).isEqualTo(2);
    assertThat(tasks().claim(story.turn(rollout, 2))).isPresent();
  }

  @Test
  void whatAPersonAskedForBeginsInAStoppedStage() {
    var rollout = story.create(2);
    story.rollouts().startStage(rollout.id(), 0, "users/ann");
    story.release(rollout, 1, 2);
    var second = story.claim(rollout, 2);
    tasks().finish(story.claim(rollout, 1), FAILED);
    tasks().finish(second, FAILED);
    story.rollouts().retry(key(rollout), "users/ann");

    story.release(rollout, 1);

    assertThat(tasks().claim(story.turn(rollout, 1))).isPresent();
  }

  @Test
  void withoutAStopTheOthersGoOn() {
    var rollout = story.create(2, RolloutOptions.DEFAULT.withFailures(FailurePolicy.CONTINUE));
    story.rollouts().startStage(rollout.id(), 0, "users/ann");
    story.release(rollout, 1, 2);
    tasks().finish(story.claim(rollout, 1), FAILED);

    assertThat(tasks().claim(story.turn(rollout, 2))).isPresent();
  }

  @Test
  void aBusyDatabaseIsTriedAgainAfterAPause() {
    var rollout = story.create(1);
    var claim = story.begin(rollout, 1);

    assertThat(tasks().postpone(claim, "an earlier session works", Duration.ofHours(1))).isTrue();

    assertThat(state(rollout)).isEqualTo(TaskState.PENDING);
    assertThat(story.task(rollout, 1).report().words()).isEqualTo("an earlier session works");
    assertThat(story.rollouts().ready(rollout.id(), 0, 9)).isEmpty();
    assertThat(story.release(rollout, 1)).isZero();
  }

  @Test
  void countsHowLongADatabaseHasBeenBusy() throws InterruptedException {
    var rollout = story.create(1);
    tasks().postpone(story.begin(rollout, 1), "busy", Duration.ZERO);
    Thread.sleep(5);
    var again = story.begin(rollout, 1);
    assertThat(again.waited()).isPositive();
    tasks().finish(again, FAILED);
    story.rollouts().retry(key(rollout), "users/ann");

    assertThat(story.begin(rollout, 1).waited()).isZero();
  }

  @Test
  void aProcessThatStopsGivesItsTaskToOthers() {
    var rollout = story.create(1);
    var claim = story.begin(rollout, 1);

    assertThat(tasks().release(claim)).isTrue();

    assertThat(state(rollout)).isEqualTo(TaskState.QUEUED);
    assertThat(story.claim(rollout, 1).epoch()).isGreaterThan(claim.epoch());
  }

  @Test
  void whatIsCanceledWhileNobodyWorksOnItEndsWithItsNextClaim() {
    var rollout = story.create(1);
    var lost = story.begin(rollout, 1);
    story.rollouts().cancel(rollout.id(), "users/ann");

    assertThat(tasks().claim(story.turn(rollout, 1))).isEmpty();

    assertThat(state(rollout)).isEqualTo(TaskState.CANCELED);
    assertThat(tasks().finish(lost, APPLIED)).isFalse();
  }

  @Test
  void aCommitThatNobodyHeardOfIsNeverTakenForACancel() {
    var rollout = story.create(1);
    var lost = story.begin(rollout, 1);
    assertThat(tasks().journal(lost).began(Mode.TRANSACTION)).isTrue();
    assertThat(tasks().journal(lost).committing()).isTrue();
    var claim = story.claim(rollout, 1);
    story.rollouts().cancel(rollout.id(), "users/ann");

    assertThat(tasks().finish(claim, new ChangeOutcome.Canceled(0))).isTrue();

    assertThat(state(rollout)).isEqualTo(TaskState.UNKNOWN);
    assertThat(log()).extracting(DatabaseChange::outcome).containsExactly(TaskState.UNKNOWN);
    assertThat(story.rollouts().end(rollout.id())).isTrue();
    assertThat(story.rollouts().resolve(key(rollout), true, "users/kim")).isTrue();
    assertThat(state(rollout)).isEqualTo(TaskState.DONE);
    assertThat(log().getFirst().outcome()).isEqualTo(TaskState.DONE);
  }

  @Test
  void aStatementThatNobodyHeardOfIsNeverTakenForACancel() {
    var rollout = story.create(1);
    var lost = story.begin(rollout, 1);
    assertThat(tasks().journal(lost).began(Mode.STATEMENTS)).isTrue();
    assertThat(tasks().journal(lost).started(1)).isTrue();
    tasks().postpone(lost, "it still works", Duration.ZERO);

    story.rollouts().cancel(rollout.id(), "users/ann");

    assertThat(state(rollout)).isEqualTo(TaskState.UNKNOWN);
    assertThat(log()).hasSize(1);
  }

  @Test
  void aPersonSaysThatAStatementWasApplied() {
    var rollout = story.create(1);
    var claim = story.begin(rollout, 1);
    assertThat(tasks().journal(claim).began(Mode.STATEMENTS)).isTrue();
    assertThat(tasks().journal(claim).started(1)).isTrue();
    tasks().finish(claim, new ChangeOutcome.Unknown("the connection broke", 1));

    assertThat(story.rollouts().resolve(key(rollout), true, "users/kim")).isTrue();

    assertThat(state(rollout)).as("the rest of the sheet goes on").isEqualTo(TaskState.PENDING);
    assertThat(story.task(rollout, 1).resumed()).isTrue();
    var entry = story.rollouts().work(key(rollout)).entries().getFirst();
    assertThat(entry.finished())
        .isNotNull()
        .extracting(AppliedStatement::command)
        .asString()
        .contains("users/kim");
    assertThat(story.rollouts().resolve(key(rollout), true, "users/kim")).isFalse();
  }

  @Test
  void aPersonSaysThatAStatementWasNotApplied() {
    var rollout = story.create(1);
    var claim = story.begin(rollout, 1);
    assertThat(tasks().journal(claim).began(Mode.STATEMENTS)).isTrue();
    assertThat(tasks().journal(claim).started(1)).isTrue();
    tasks().finish(claim, new ChangeOutcome.Unknown("the connection broke", 1));

    assertThat(story.rollouts().resolve(key(rollout), false, "users/kim")).isTrue();

    assertThat(state(rollout)).isEqualTo(TaskState.PENDING);
    assertThat(story.rollouts().work(key(rollout)).entries()).isEmpty();
    assertThat(story.task(rollout, 1).resumed()).isFalse();
  }

  @Test
  void aDriftAsksForANewCheck() {
    var rollout = story.create(1);

    story.finish(rollout, 1, new ChangeOutcome.Drifted("a", "b"));

    assertThat(state(rollout)).isEqualTo(TaskState.DRIFTED);
    assertThat(story.task(rollout, 1).checkAfter()).isNotNull();
    assertThat(log()).as("nothing was done to it").isEmpty();
  }
}
