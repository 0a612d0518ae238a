// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.run.TargetReader.Contact;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.engine.EngineVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// All checks of one target: reads it, lets the executors judge what was read, and turns everything
/// that goes wrong into results of this target alone.
final class TargetCheck {
  private final RunWork run;
  private final CheckTarget target;
  private final TargetConnector connector;
  private final Consumer<EngineVersion> answered;

  /// `answered` hears as soon as the target's server lets us in.
  TargetCheck(
      RunWork run,
      CheckTarget target,
      TargetConnector connector,
      Consumer<EngineVersion> answered) {
    this.run = run;
    this.target = target;
    this.connector = connector;
    this.answered = answered;
  }

  /// What came of it; `cause` says why nothing could be read, else it is empty.
  record Checked(List<Result> results, Contact contact, String cause) {
    Checked {
      results = List.copyOf(results);
    }
  }

  Checked check() throws InterruptedException {
    if (run.settings().shared()) {
      return check(target.types());
    }
    var results = new ArrayList<Result>();
    var last = new Checked(List.of(), Contact.NOT_TRIED, "");
    for (var type : target.types()) {
      last = check(List.of(type));
      results.addAll(last.results());
    }
    return new Checked(results, last.contact(), last.cause());
  }

  /// Some checks of the target, over one connection.
  private Checked check(List<CheckType> types) throws InterruptedException {
    Optional<ConnectionSlots.Slot> slot;
    try {
      slot = run.slots().acquire(target.target().instance(), run.settings().target(), run.stop());
    } catch (NotPerformedException e) {
      return new Checked(notPerformed(types, e.cause()), Contact.NOT_TRIED, e.cause());
    }
    if (slot.isEmpty()) {
      return new Checked(List.of(), Contact.NOT_TRIED, "");
    }
    var patience = new Patience(run.clock(), run.settings().target(), run.stop());
    var reader = new TargetReader(target, types, run, connector, answered);
    var abandoned = reader.read(slot.get(), patience);
    var results = judge(types, reader.reading(), patience, abandoned);
    return new Checked(results, reader.contact(), causeOf(results));
  }

  /// One check per type, that nobody could make.
  static List<Result> notPerformed(CheckTarget target, String cause) {
    return target.types().stream().map(type -> Result.notPerformed(target, type, cause)).toList();
  }

  private List<Result> notPerformed(List<CheckType> types, String cause) {
    return notPerformed(target.withTypes(types), cause);
  }

  private List<Result> judge(
      List<CheckType> types, TargetReading reading, Patience patience, boolean abandoned)
      throws InterruptedException {
    var results = new ArrayList<Result>();
    for (var type : types) {
      try {
        results.addAll(run.executors().check(type, target, reading, patience));
      } catch (NotPerformedException e) {
        if (abandoned || !run.isAborted()) {
          results.add(Result.notPerformed(target, type, cause(e, abandoned)));
        }
      } catch (RuntimeException | StackOverflowError e) {
        var doing = "checking %s of %s".formatted(type, target.target());
        results.add(Result.notPerformed(target, type, run.errors().tell(doing, e)));
      }
    }
    var computed = reading.computed();
    return computed.isEmpty()
        ? results
        : results.stream().map(result -> result.withComputed(computed)).toList();
  }

  private static String cause(NotPerformedException e, boolean abandoned) {
    return abandoned
        ? e.cause() + "; the database did not end the work, and its connection was abandoned"
        : e.cause();
  }

  private static String causeOf(List<Result> results) {
    return results.stream()
        .filter(result -> result.outcome() == Outcome.NOT_PERFORMED)
        .map(result -> result.finding().content())
        .findFirst()
        .orElse("");
  }
}
