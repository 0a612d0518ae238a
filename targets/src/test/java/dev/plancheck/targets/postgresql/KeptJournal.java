// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The journal of one task in memory. Each owner has its own view of it; only that of the last one
/// writes.
final class KeptJournal {
  private final Map<Integer, Kept> entries = new TreeMap<>();
  private final List<String> retries = new ArrayList<>();
  private ChangeJournal.@Nullable Mode mode;
  private int owner;

  private record Kept(@Nullable AppliedStatement finished) {}

  /// The next owner; the one before writes nothing any more.
  synchronized ChangeJournal take() {
    owner++;
    return new View(owner);
  }

  synchronized List<String> retries() {
    return List.copyOf(retries);
  }

  synchronized ChangeJournal.@Nullable Mode mode() {
    return mode;
  }

  synchronized List<Integer> begun() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().finished() == null)
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized List<Integer> finished() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().finished() != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  private final class View implements ChangeJournal {
    private final int mine;

    View(int mine) {
      this.mine = mine;
    }

    @Override
    public History history() {
      synchronized (KeptJournal.this) {
        return new History(
            mode,
            entries.entrySet().stream()
                .map(entry -> new ChangeJournal.Entry(entry.getKey(), entry.getValue().finished()))
                .toList());
      }
    }

    @Override
    public boolean began(Mode chosen) {
      return write(() -> {
        if (mode != null && mode != chosen) {
          throw new IllegalStateException("mode: %s (expected: %s)".formatted(chosen, mode));
        }
        mode = chosen;
      });
    }

    @Override
    public boolean started(int statement) {
      return write(() -> {
        if (entries.putIfAbsent(statement, new Kept(null)) != null) {
          throw new IllegalStateException("statement %d is begun again".formatted(statement));
        }
      });
    }

    @Override
    public boolean finished(AppliedStatement statement) {
      return write(() -> entries.put(statement.number(), new Kept(statement)));
    }

    @Override
    public boolean failed(int statement) {
      return write(() -> entries.remove(statement));
    }

    @Override
    public boolean committing() {
      return write(() -> {});
    }

    @Override
    public boolean retrying(int retry, String why) {
      return write(() -> retries.add(retry + ": " + why));
    }

    private boolean write(Runnable change) {
      synchronized (KeptJournal.this) {
        if (mine != owner) {
          return false;
        }
        change.run();
        return true;
      }
    }
  }
}
