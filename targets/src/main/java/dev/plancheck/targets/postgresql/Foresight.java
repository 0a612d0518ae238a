// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.schema.Mentions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What reading one database taught about the next one of the same instance: which object ids a
/// script leads to. Databases that are copies of one template have them in common, and all that is
/// needed of such a one can be asked for in one message.
///
/// Hints only: whoever takes one reads again without it where it was wrong, so that no snapshot
/// depends on another database. A hint belongs to the very mentions it was learned for, not to
/// equal ones: who parses anew shares nothing. Safe for many threads.
final class Foresight {
  /// The hints that are kept; the oldest is forgotten first.
  private static final int MOST = 16;

  /// So many times in a row a hint may be wrong, until it is given up.
  private static final int MOST_FAILURES = 2;

  /// More than this is not asked for on suspicion.
  private static final int MOST_RELATIONS = 1000;

  /// Object ids of one database: the schemas of the search path; what has a name that the script
  /// names, the same with the tables of indexes, and what these lead to; the constraints and rules
  /// that depend on any of them; whether any may have parents or children; and the ids of each
  /// [Known] in the order of [Catalogue#known].
  record Hint(
      Set<Long> schemas,
      Set<Long> named,
      Set<Long> withTables,
      Set<Long> beyond,
      Set<Long> constraints,
      Set<Long> rules,
      boolean families,
      List<Set<Long>> names) {
    Hint {
      schemas = Set.copyOf(schemas);
      named = Set.copyOf(named);
      withTables = Set.copyOf(withTables);
      beyond = Set.copyOf(beyond);
      constraints = Set.copyOf(constraints);
      rules = Set.copyOf(rules);
      names = List.copyOf(names);
    }

    /// All relations to describe.
    Set<Long> relations() {
      var all = new TreeSet<>(withTables);
      all.addAll(beyond);
      return all;
    }
  }

  private static final class Entry {
    private final Mentions mentions;
    private final String instance;
    private @Nullable Hint hint;
    private int failures;

    Entry(Mentions mentions, String instance, Hint hint) {
      this.mentions = mentions;
      this.instance = instance;
      this.hint = hint;
    }
  }

  private final Deque<Entry> entries = new ArrayDeque<>();

  synchronized @Nullable Hint of(Mentions mentions, String instance) {
    var entry = entry(mentions, instance);
    return entry == null ? null : entry.hint;
  }

  /// After a reading without a hint.
  synchronized void learn(Mentions mentions, String instance, Hint hint) {
    if (entry(mentions, instance) == null && hint.relations().size() <= MOST_RELATIONS) {
      entries.addLast(new Entry(mentions, instance, hint));
      if (entries.size() > MOST) {
        entries.removeFirst();
      }
    }
  }

  /// Whether a hint was right.
  synchronized void judge(Mentions mentions, String instance, boolean right) {
    var entry = entry(mentions, instance);
    if (entry != null) {
      entry.failures = right ? 0 : entry.failures + 1;
      if (entry.failures >= MOST_FAILURES) {
        entry.hint = null;
      }
    }
  }

  private @Nullable Entry entry(Mentions mentions, String instance) {
    for (var entry : entries) {
      if (isSame(entry.mentions, mentions) && entry.instance.equals(instance)) {
        return entry;
      }
    }
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // equal ones of someone else are not the same
  private static boolean isSame(Mentions one, Mentions other) {
    return one == other;
  }
}
