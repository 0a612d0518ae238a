// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import dev.plancheck.checks.cache.LatestUsed;
import dev.plancheck.checks.declarative.Difference;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.schema.Fingerprint;
import dev.plancheck.targets.postgresql.declarative.CodeKeeper.Model;
import dev.plancheck.targets.postgresql.declarative.CodeKeeper.NotUnderstoodException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Differences by schema: databases that look alike share one, and a wanted schema is built once.
/// Only what was asked for last is remembered. Safe for many threads.
///
/// A scratch server of the one version answers for targets of all versions: their schemas are built
/// there anew, because servers of two versions tell the same view in different words.
final class Comparisons {
  private static final int AT_ONCE = 2;
  private static final int REMEMBERED_WANTED = 8;
  private static final int REMEMBERED = 500;

  /// How often somebody who waits for a turn looks whether he is still wanted, in milliseconds.
  private static final long LOOK_UP = 200;

  /// What the library read of the existing schema, and all that its catalogue says: what the
  /// library leaves out must not make two schemas one.
  private record Key(String wanted, int version, String creation, Witness existing) {}

  private record Sheet(String text) {}

  private final ScratchServer server;
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final Map<String, Workshop.Built> wanted = new LatestUsed<>(REMEMBERED_WANTED);
  private final Map<String, Difference> known = new LatestUsed<>(REMEMBERED);
  private volatile @Nullable Model nothing;

  Comparisons(ScratchServer server) {
    this.server = server;
  }

  /// Throws a refusal where there is no difference to tell.
  Difference difference(Schema existing, Script sheet, Cut cut)
      throws Refusal, InterruptedException {
    try {
      var workshop = new Workshop(server.access(), cut);
      var creation = script(nothing(workshop, cut), existing.model());
      var text = Fingerprint.ofRecord(new Sheet(sheet.source().text()));
      var key =
          Fingerprint.ofRecord(new Key(text, existing.version(), creation, existing.witness()));
      var before = remembered(known, key);
      if (before.isPresent()) {
        return before.get();
      }
      take(cut);
      try {
        return compute(workshop, existing, sheet, new Keys(text, key, creation));
      } finally {
        turns.release();
      }
    } catch (SQLException e) {
      throw Refusal.because(
          "the server on which differences are computed failed: %s".formatted(Building.words(e)));
    } catch (IOException e) {
      throw Refusal.because("the difference could not be computed: %s".formatted(e.getMessage()));
    } catch (NotUnderstoodException e) {
      throw Refusal.because(
          "the difference could not be computed, as a definition was not understood: %s"
              .formatted(e.getMessage()));
    }
  }

  private record Keys(String wanted, String difference, String creation) {}

  private Difference compute(Workshop workshop, Schema existing, Script sheet, Keys keys)
      throws SQLException, IOException, InterruptedException, NotUnderstoodException, Refusal {
    var before = remembered(known, keys.difference());
    if (before.isPresent()) {
      return before.get();
    }
    var built = remembered(wanted, keys.wanted()).orElse(null);
    if (built == null) {
      built = workshop.wanted(sheet);
      remember(wanted, keys.wanted(), built);
    }
    var target = built;
    var difference =
        workshop.rehearsed(existing, keys.creation(), target, copy -> script(copy, target.model()));
    remember(known, keys.difference(), difference);
    return difference;
  }

  private Model nothing(Workshop workshop, Cut cut)
      throws SQLException, IOException, InterruptedException, NotUnderstoodException {
    var read = nothing;
    if (read == null) {
      take(cut);
      try {
        read = workshop.nothing();
        nothing = read;
      } finally {
        turns.release();
      }
    }
    return read;
  }

  /// One at a time: the library fills in parts of its models as it goes.
  private synchronized String script(Model from, Model to)
      throws IOException, InterruptedException, NotUnderstoodException {
    return CodeKeeper.script(from, to);
  }

  private void take(Cut cut) throws InterruptedException {
    while (!turns.tryAcquire(LOOK_UP, TimeUnit.MILLISECONDS)) {
      cut.check();
    }
  }

  private static <T> Optional<T> remembered(Map<String, T> map, String key) {
    synchronized (map) {
      return Optional.ofNullable(map.get(key));
    }
  }

  private static <T> void remember(Map<String, T> map, String key, T value) {
    synchronized (map) {
      map.put(key, value);
    }
  }
}
