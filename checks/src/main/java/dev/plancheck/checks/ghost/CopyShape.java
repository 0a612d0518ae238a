// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.checks.ghost.GhostFacts.TableKey;
import dev.plancheck.checks.ghost.Trial.Outcome.Altered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// Holds what the server made of an empty copy against what was foretold, and finds what speaks
/// against gh-ost in that as well.
final class CopyShape {
  private final GhostCase here;
  private final Altered altered;
  private final List<String> differences = new ArrayList<>();

  private CopyShape(GhostCase here, Altered altered) {
    this.here = here;
    this.altered = altered;
  }

  static void find(GhostCase here, Altered altered) {
    var shape = new CopyShape(here, altered);
    for (var before : here.table().columns()) {
      here.shape().successor(before).ifPresent(after -> shape.column(before, after));
    }
    shape.columnsOfTheServer();
    shape.keys();
    shape.tell();
  }

  private Optional<Column> made(String name) {
    return altered.columns().stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private void column(Column before, Shape.Column after) {
    var made = made(after.name()).orElse(null);
    if (made == null) {
      return;
    }
    if (before.generated() && !made.generated()) {
      plain(before, after);
    } else if (!before.generated() && !made.generated()) {
      copied(before, after, made);
    }
  }

  private void plain(Column before, Shape.Column after) {
    if (after.generated()) {
      here.find(
          GhostCode.GENERATED_COLUMN,
          null,
          "The server makes %s a plain column, and gh-ost leaves it out of its copy: it would have no values."
              .formatted(before.name()),
          "Change the column without gh-ost.");
    }
  }

  /// What the sheet itself tells is among the findings already.
  private void copied(Column before, Shape.Column after, Column made) {
    var column = Words.quoted(before.name());
    if (before.nullable() && !made.nullable() && !ValueLoss.isNotNull(here, after)) {
      here.lose(
          GhostCode.VALUES_LOST_NULL,
          null,
          "the server makes %s NOT NULL, and where it is NULL it would get the implicit default of its type."
              .formatted(before.name()),
          Question.ours(here.oneRow("1", column + " IS NULL")));
    }
    var conversion =
        Conversion.of(
            ColumnType.of(before.type()),
            ColumnType.of(made.type()),
            column,
            Charsets.bytes(before.charset()));
    if (after.definition() == null && conversion instanceof Conversion.Lossy(var condition)) {
      here.lose(
          GhostCode.VALUES_LOST_TYPE,
          null,
          "the server makes %s of %s, and values that do not fit would be cut, clamped or emptied."
              .formatted(made.type(), before.name()),
          Question.ours(here.oneRow(column, condition)));
    }
    charset(before, after, made);
  }

  private void charset(Column before, Shape.Column after, Column made) {
    var old = before.charset();
    var now = made.charset();
    if (old != null
        && now != null
        && !Charsets.holds(now, old)
        && !CharsetLoss.isForetold(here, before, after)) {
      here.lose(
          GhostCode.VALUES_LOST_CHARSET,
          null,
          "the server makes %s a text of %s, and characters that this does not have would become question marks."
              .formatted(before.name(), now),
          Question.NONE);
    }
  }

  private void columnsOfTheServer() {
    for (var foretold : here.shape().columns()) {
      if (made(foretold.name()).isEmpty()) {
        differences.add("it has no column " + foretold.name());
      }
    }
    for (var made : altered.columns()) {
      if (here.shape().column(made.name()).isEmpty()) {
        differences.add("it has a column " + made.name());
      }
    }
  }

  /// The key has to be found among the server's own as well.
  private void keys() {
    var foretold = new TreeSet<String>();
    here.shape().keys().forEach(key -> foretold.add(text(key.columns())));
    var made = new TreeSet<String>();
    altered.keys().stream().filter(TableKey::unique).forEach(key -> made.add(text(key.named())));
    if (!foretold.equals(made)) {
      differences.add("its unique keys are %s, and not %s".formatted(made, foretold));
    }
    var _ = KeyCheck.find(here.withShape(here.shape().withKeys(altered.keys())));
  }

  private static String text(List<String> columns) {
    return String.join(", ", columns).toLowerCase(Locale.ROOT);
  }

  private void tell() {
    if (!differences.isEmpty()) {
      here.find(
          GhostCode.COPY_DIFFERS,
          null,
          "After the ALTER the server's copy is not as it was foretold: %s."
              .formatted(String.join("; ", differences)),
          "What was foretold, and what follows from the copy, are both told here.");
    }
  }
}
