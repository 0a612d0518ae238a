// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.engine.online.Work;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What came of trying an ALTER on an empty copy of its table. `left` is the statement that removes
/// the copy where that could not be done; empty where nothing is left. No value of any row is in
/// it.
public record Trial(Outcome outcome, String left) {
  /// How far it came.
  public sealed interface Outcome {
    /// It was not begun; `why` is a clause.
    record Skipped(String why) implements Outcome {}

    /// The server gave no answer that decides; `reason` is a sentence without a full stop.
    record Untold(String reason) implements Outcome {}

    /// There is no such database to make the copy in.
    record NoScratch(String schema) implements Outcome {}

    /// `grant` is the statement that gives the right; `error` is the server's number.
    record NoRight(String grant, int error) implements Outcome {}

    /// The server does not make this ALTER.
    record Refused(int error, String message) implements Outcome {}

    /// `work` is what the server did, null where that was not found out; its `rebuild` is true for
    /// all that may rebuild. Columns and keys are those of the altered copy.
    record Altered(
        @Nullable Work work,
        List<GhostFacts.Column> columns,
        List<GhostFacts.TableKey> keys,
        Copied copied)
        implements Outcome {
      public Altered {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
      }
    }
  }

  /// What became of rows in the altered copy.
  public sealed interface Copied {
    /// As [Outcome.Untold].
    record Untold(String reason) implements Copied {}

    /// `before` and `after` are how many rows the table had then, counted up to one more than the
    /// `limit`; `arrived` is how many are in the copy. `warnings` holds what the server warned of
    /// and how often; where `complete` is false it said more than is kept.
    record Rows(
        long limit,
        long before,
        long after,
        long arrived,
        boolean complete,
        SortedMap<Warned, Long> warnings)
        implements Copied {
      public Rows {
        warnings = Collections.unmodifiableSortedMap(new TreeMap<>(warnings));
      }

      /// How many rows the copy was made from, at least.
      public long read() {
        return Math.min(limit, Math.min(before, after));
      }

      /// Whether it is known that every row of the table arrived, as it is.
      public boolean isWhole() {
        return complete && before == after && before <= limit && arrived == before;
      }
    }
  }

  /// A kind of warning. `note` is one that the server thinks nothing of; `characters` is whether it
  /// is about characters that a character set does not have.
  public record Warned(int code, boolean note, boolean characters) implements Comparable<Warned> {
    @Override
    public int compareTo(Warned other) {
      var byCode = Integer.compare(code, other.code);
      var byNote = byCode == 0 ? Boolean.compare(note, other.note) : byCode;
      return byNote == 0 ? Boolean.compare(characters, other.characters) : byNote;
    }
  }
}
