// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.policy.PolicySource;
import dev.plancheck.checks.rollout.RolloutTasks.Claim;
import dev.plancheck.checks.run.CheckedState;
import dev.plancheck.checks.run.ConnectionSlots;
import dev.plancheck.checks.run.Insistence;
import dev.plancheck.checks.run.InternalErrors;
import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.checks.run.ShardWorker.Ending;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.run.StopSignal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes one task through its turn: claims it, has it applied within the limits on connections, and
/// stores how it ended.
public final class RolloutWorker implements TaskWorker {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /// `done` is told the rollout of each task that had its turn.
  public record Tools(
      RolloutTasks tasks,
      Sheets sheets,
      PolicySource policies,
      TargetChanger changer,
      ConnectionSlots slots,
      RolloutSettings settings) {}

  private final Tools tools;
  private final Conductor conductor;

  public RolloutWorker(Tools tools, Conductor conductor) {
    this.tools = tools;
    this.conductor = conductor;
  }

  @Override
  public Ending work(TaskTurn turn, StopSignal stop) throws InterruptedException {
    if (!stop.isStopped()) {
      var insistence = new Insistence("task " + turn, stop);
      var claim = insistence.ask("claim", () -> tools.tasks.claim(turn)).flatMap(found -> found);
      if (claim.isPresent()) {
        new Work(claim.get(), insistence, stop).run();
      }
      if (!isLeaving(stop)) {
        conductor.look(turn.task().rollout());
      }
    }
    return isLeaving(stop) ? Ending.LEFT : Ending.OVER;
  }

  private static boolean isLeaving(StopSignal stop) {
    return stop.reason().orElse(null) instanceof Reason.Leaving;
  }

  /// The work on one claimed task.
  private final class Work {
    private final Claim claim;
    private final Insistence insistence;
    private final StopSignal stop;

    Work(Claim claim, Insistence insistence, StopSignal stop) {
      this.claim = claim;
      this.insistence = insistence;
      this.stop = stop;
    }

    void run() throws InterruptedException {
      var watching = Thread.ofVirtual().name("watch of task " + claim.key()).start(this::watch);
      ChangeOutcome outcome;
      try {
        outcome = change();
      } finally {
        watching.interrupt();
      }
      end(outcome);
    }

    /// The word that it is canceled comes by looking, wherever it was said.
    private void watch() {
      try {
        while (!stop.isStopped()) {
          Thread.sleep(LOOK);
          if (!isWanted()) {
            stop.stop(new Reason.Canceled());
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /// Storage that does not answer now says nothing.
    private boolean isWanted() {
      try {
        return tools.tasks.isWanted(claim);
      } catch (RuntimeException e) {
        return true;
      }
    }

    private ChangeOutcome change() throws InterruptedException {
      try {
        var order = order();
        if (order.isEmpty()) {
          return new ChangeOutcome.Failed(
              "a sheet of the rollout is not stored any more", null, null, 0);
        }
        var slot =
            tools.slots.acquire(
                claim.item().target().instance(), tools.settings.connection(), stop);
        if (slot.isEmpty()) {
          return new ChangeOutcome.Canceled(finished());
        }
        try (var _ = slot.get()) {
          return tools.changer.change(order.get(), tools.tasks.journal(claim), stop);
        }
      } catch (NotPerformedException e) {
        return new ChangeOutcome.Busy(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        return new ChangeOutcome.Busy(
            new InternalErrors().tell("changing " + claim.item().target(), e));
      }
    }

    private Optional<ChangeOrder> order() throws NotPerformedException {
      var before = new ArrayList<String>();
      for (var earlier : claim.before()) {
        tools.sheets.get(earlier).map(Sheet::text).ifPresent(before::add);
      }
      var state = claim.checked();
      var checked = state == null ? null : checked(state, before);
      return before.size() < claim.before().size()
          ? Optional.empty()
          : tools
              .sheets
              .get(claim.item().sheet())
              .map(sheet ->
                  new ChangeOrder(
                      claim.name(),
                      claim.item().target(),
                      sheet,
                      checked,
                      claim.item().priorBackup(),
                      tools.settings.limits()));
    }

    /// The check's own policy, whatever governs the database by now. Without it nothing can be
    /// compared: the task goes back, and the gate gives a newer word.
    private ChangeOrder.Checked checked(CheckedState state, List<String> before)
        throws NotPerformedException {
      return switch (tools.policies.terms(state.policy())) {
        case PolicySource.Found.Usable(var terms) ->
            new ChangeOrder.Checked(state.fingerprint(), before, terms.borders());
        case PolicySource.Found.Unusable(var why) -> throw new NotPerformedException(why);
      };
    }

    private void end(ChangeOutcome outcome) throws InterruptedException {
      switch (outcome) {
        case ChangeOutcome.Busy(var why) -> busy(why);
        case ChangeOutcome.Canceled _ when isLeaving(stop) ->
            tell("release", () -> tools.tasks.release(claim));
        case ChangeOutcome.Canceled _,
            ChangeOutcome.Applied _,
            ChangeOutcome.Drifted _,
            ChangeOutcome.Failed _,
            ChangeOutcome.Unknown _ ->
            tell("finish", () -> tools.tasks.finish(claim, outcome));
      }
    }

    private void busy(String why) throws InterruptedException {
      var settings = tools.settings;
      if (isLeaving(stop)) {
        tell("release", () -> tools.tasks.release(claim));
      } else if (claim.waited().compareTo(settings.patience()) < 0) {
        tell("postpone", () -> tools.tasks.postpone(claim, why, settings.pause()));
      } else {
        tell("finish", () -> tools.tasks.finish(claim, givenUp(why)));
      }
    }

    /// Only what was never begun has failed for certain.
    private ChangeOutcome givenUp(String why) {
      var history = tools.tasks.journal(claim).history();
      var words = "it was given up after %s: %s".formatted(claim.waited(), why);
      return history.mode() == null
          ? new ChangeOutcome.Failed(words, null, null, 0)
          : new ChangeOutcome.Unknown(
              words, history.entries().isEmpty() ? 1 : history.entries().getLast().statement());
    }

    private int finished() {
      return (int)
          tools.tasks.journal(claim).history().entries().stream()
              .filter(entry -> entry.finished() != null)
              .count();
    }

    private void tell(String doing, Supplier<Boolean> call) throws InterruptedException {
      Optional<Boolean> _ = insistence.ask(doing, call);
    }
  }
}
