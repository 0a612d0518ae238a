// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.declarative.Difference;
import dev.plancheck.checks.declarative.SchemaDifferences;
import dev.plancheck.checks.declarative.WantedSheet;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one target over one connection, on a thread of its own, so that whoever waits for it can
/// stop waiting. It holds the connection's slot until the connection is really gone.
///
/// `session` is set while the connection is open; `stopped` is set once and ends the reading before
/// its next step.
final class TargetReader {
  private static final Logger LOG = LoggerFactory.getLogger(TargetReader.class);

  /// How long a database has to obey the cancel, before the socket is closed.
  private static final Duration OBEY = Duration.ofMillis(500);

  /// How long the thread has to end after that, before it is left alone.
  private static final Duration END = Duration.ofSeconds(1);

  private final CheckTarget target;
  private final List<CheckType> types;
  private final RunWork run;
  private final TargetConnector connector;
  private final Consumer<EngineVersion> answered;
  private final TargetReading reading;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile @Nullable TargetSession session;
  private volatile SchemaDifferences.@Nullable Computation computation;
  private volatile Contact contact = Contact.NOT_TRIED;
  private volatile boolean stopped;

  /// Whether the database's server answered.
  enum Contact {
    NOT_TRIED,
    ANSWERED,
    UNREACHABLE,
    /// It answered that it takes no connection now.
    BUSY,
    /// It answered, and the connection broke later.
    BROKEN
  }

  /// Reads what `types` need. `answered` hears, on the reading thread, that the server let us in.
  TargetReader(
      CheckTarget target,
      List<CheckType> types,
      RunWork run,
      TargetConnector connector,
      Consumer<EngineVersion> answered) {
    this.target = target;
    this.types = types;
    this.reading = new TargetReading(target.sheet(), run.before(target), run.governing(target));
    this.run = run;
    this.connector = connector;
    this.answered = answered;
  }

  TargetReading reading() {
    return reading;
  }

  Contact contact() {
    return contact;
  }

  /// Reads until the end or until patience ends; true if the work on the database had to be
  /// abandoned.
  boolean read(ConnectionSlots.Slot slot, Patience patience) throws InterruptedException {
    var thread = Thread.ofVirtual().name("read " + target.target()).start(() -> readAndClose(slot));
    try {
      if (patience.lasts(ended)) {
        return false;
      }
      var silent = contact == Contact.NOT_TRIED && !patience.isStopped();
      var abandoned = !stop(thread, patience.cause());
      if (silent) {
        contact = Contact.UNREACHABLE;
      }
      return abandoned;
    } catch (InterruptedException e) {
      stopped = true;
      thread.interrupt();
      throw e;
    }
  }

  /// True if the thread ended.
  private boolean stop(Thread thread, String cause) throws InterruptedException {
    reading.giveUp(cause);
    stopped = true;
    // A cancel has a connection of its own and may take its time.
    Thread.startVirtualThread(this::cancel);
    if (Waiter.await(ended, OBEY)) {
      return true;
    }
    thread.interrupt();
    Thread.startVirtualThread(this::close);
    if (Waiter.await(ended, END)) {
      return true;
    }
    LOG.warn(
        "{} does not end its connection ({}); it is abandoned and keeps its slot until it ends",
        target.target(),
        cause);
    return false;
  }

  private void cancel() {
    var open = session;
    if (open != null) {
      open.cancel();
    }
    var compared = computation;
    if (compared != null) {
      compared.cancel();
    }
  }

  private void close() {
    var open = session;
    if (open != null) {
      open.close();
    }
    var compared = computation;
    if (compared != null) {
      compared.close();
    }
  }

  private void readAndClose(ConnectionSlots.Slot slot) {
    try (slot) {
      read();
    } catch (TargetException e) {
      contact = contact(e);
      reading.giveUp(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reading.giveUp("the check was interrupted");
    } catch (RuntimeException | StackOverflowError e) {
      reading.giveUp(run.errors().tell("reading " + target.target(), e));
    } finally {
      // Whatever else flew: nobody waits for a part that will not come.
      reading.giveUp("the check ended before this was read");
      ended.complete(null);
    }
  }

  /// What it means that the connection could not be opened.
  private static Contact contact(TargetException e) {
    return switch (e.kind()) {
      case UNREACHABLE, TIMED_OUT -> Contact.UNREACHABLE;
      case BUSY -> Contact.BUSY;
      case REFUSED, CANCELED, NOT_PERMITTED, MISSING, OTHER -> Contact.ANSWERED;
    };
  }

  /// What could not be asked on the open connection.
  private String lost(TargetException e) {
    if (e.kind() == TargetException.Kind.UNREACHABLE) {
      contact = Contact.BROKEN;
    }
    return String.valueOf(e.getMessage());
  }

  private void read() throws TargetException, InterruptedException {
    var sheet = target.enableSdl() ? difference() : run.reviews().sheet(target.sheet());
    if (sheet != null && !stopped) {
      read(sheet);
    }
  }

  /// What leads to the wanted schema, over a connection of its own, which is gone afterwards; null
  /// if there is no such sheet.
  private @Nullable Sheet difference() throws TargetException, InterruptedException {
    try (var open = run.differences().begin(target.target(), run.settings().session())) {
      computation = open;
      var version = open.open();
      contact = Contact.ANSWERED;
      answered.accept(version);
      var wanted = script(run.reviews().sheet(target.sheet()), version);
      var flaws = WantedSheet.flaws(wanted);
      if (!flaws.isEmpty()) {
        reading.refuse(flaws);
        return null;
      }
      return stopped ? null : difference(open, wanted);
    } finally {
      computation = null;
    }
  }

  private @Nullable Sheet difference(SchemaDifferences.Computation open, Script wanted)
      throws InterruptedException {
    Difference found;
    try {
      found = open.of(wanted);
    } catch (TargetException e) {
      reading.giveUp(lost(e));
      return null;
    }
    return switch (found) {
      case Difference.Computed(var sql) -> {
        var sheet = Sheet.of(sql);
        run.computed().keep(sheet);
        reading.tellComputed(sheet.sha256());
        yield sheet;
      }
      case Difference.Flawed(var message, var at) -> {
        reading.refuse(List.of(WantedSheet.flaw(wanted, at, message + ".")));
        yield null;
      }
      case Difference.NotComputed(var cause) -> {
        reading.giveUp("the difference to the wanted schema is not known: " + cause);
        yield null;
      }
    };
  }

  private void read(Sheet sheet) throws TargetException, InterruptedException {
    try (var open = connector.open(target.target(), run.settings().session())) {
      session = open;
      contact = Contact.ANSWERED;
      answered.accept(open.version());
      var before = new ArrayList<Script>();
      for (var earlier : reading.before()) {
        before.add(script(run.reviews().sheet(earlier), open.version()));
      }
      var script = script(sheet, open.version());
      reading.tellScript(script);
      new PartsReader(target, run, reading, () -> stopped, this::lost)
          .read(open, before, script, types);
    } finally {
      session = null;
    }
  }

  /// Parsed and judged by whoever needed it first.
  private Script script(Sheet sheet, EngineVersion version) throws InterruptedException {
    try {
      return run.reviews().script(sheet, version).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
