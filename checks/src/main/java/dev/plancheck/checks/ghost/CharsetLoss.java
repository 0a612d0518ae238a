// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.engine.sql.ColumnConstraint.Attribute;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Text that a new character set does not have, and text that a new collation takes for equal.
final class CharsetLoss {
  private final GhostCase here;

  private CharsetLoss(GhostCase here) {
    this.here = here;
  }

  /// What a column gets: `collation` is null where the default of the character set counts.
  private record Wanted(String charset, @Nullable String collation, Span span) {}

  static void find(GhostCase here) {
    var loss = new CharsetLoss(here);
    for (var before : here.table().columns()) {
      var after = here.shape().successor(before).orElse(null);
      if (before.charset() != null && after != null) {
        for (var wanted : loss.wanted(after)) {
          loss.column(before, after, wanted);
        }
      }
    }
  }

  /// Whether the sheet tells that characters of a text would be lost.
  static boolean isForetold(GhostCase here, Column before, Shape.Column after) {
    var old = before.charset();
    return old != null
        && new CharsetLoss(here)
            .wanted(after).stream().anyMatch(wanted -> !Charsets.holds(wanted.charset(), old));
  }

  private List<Wanted> wanted(Shape.Column after) {
    var wanted = new ArrayList<Wanted>();
    var definition = after.definition();
    if (definition != null && ColumnType.of(definition.type()).isText()) {
      wanted.add(defined(definition));
    } else if (definition == null) {
      for (var action : here.actions()) {
        if (action instanceof TableAction.SetTableOption(var option, var value, var span)
            && option.equals("convert to character set")) {
          wanted.add(new Wanted(fold(value), collation(span), span));
        }
      }
    }
    return wanted;
  }

  private @Nullable String collation(Span span) {
    var bare = Words.bare(here.alter().script().source().slice(span));
    var at = bare.toUpperCase(Locale.ROOT).indexOf("COLLATE");
    var name = at < 0 ? null : Words.last(bare.substring(at));
    return name == null ? null : fold(name);
  }

  /// Where a column says nothing it gets what the table has.
  private Wanted defined(ColumnDefinition definition) {
    var collation = definition.collation() == null ? null : fold(definition.collation().name());
    for (var constraint : definition.constraints()) {
      if (constraint instanceof Attribute attribute && attribute.words().equals("CHARACTER SET")) {
        var name = Words.last(here.alter().script().source().slice(attribute.span()));
        return new Wanted(fold(name == null ? "" : name), collation, definition.span());
      }
    }
    var used = collation == null ? fold(here.table().collation()) : collation;
    return new Wanted(Charsets.ofCollation(used), used, definition.span());
  }

  private void column(Column before, Shape.Column after, Wanted wanted) {
    var old = String.valueOf(before.charset());
    var column = Words.quoted(before.name());
    if (!Charsets.holds(wanted.charset(), old)) {
      here.lose(
          GhostCode.VALUES_LOST_CHARSET,
          wanted.span(),
          "characters of %s that %s does not have would become question marks (it is %s now)."
              .formatted(before.name(), wanted.charset(), old),
          question(
              wanted,
              here.oneRow(
                  column,
                  "CAST(%1$s AS BINARY) <> CAST(CONVERT(CONVERT(%1$s USING %2$s) USING %3$s) AS BINARY)"
                      .formatted(column, wanted.charset(), old))));
    }
    if (!isSameOrder(before, wanted)) {
      here.shape().keys().stream()
          .filter(key -> key.by() == null && key.has(after.name()))
          .forEach(key -> equal(before, wanted, key));
    }
  }

  private static boolean isSameOrder(Column before, Wanted wanted) {
    var old = before.collation() == null ? "" : fold(before.collation());
    var collation = wanted.collation();
    return collation != null && (plain(collation).equals(plain(old)) || collation.endsWith("_bin"));
  }

  private static String plain(String collation) {
    return collation.replaceFirst("^utf8_", "utf8mb3_");
  }

  private void equal(Column before, Wanted wanted, Shape.Key key) {
    var collated =
        "CONVERT(%s USING %s)%s"
            .formatted(
                Words.quoted(before.name()),
                wanted.charset(),
                wanted.collation() == null ? "" : " COLLATE " + wanted.collation());
    var parts =
        key.columns().stream()
            .map(name -> name.equalsIgnoreCase(before.name()) ? collated : Words.quoted(name))
            .toList();
    here.lose(
        GhostCode.ROWS_LOST_UNIQUE,
        wanted.span(),
        "texts of %s that the new collation takes for equal would keep one row in key %s."
            .formatted(before.name(), key.name()),
        question(
            wanted,
            "SELECT 1 FROM %s GROUP BY %s HAVING COUNT(*) > 1 LIMIT 1"
                .formatted(Words.quoted(here.table().name()), String.join(", ", parts))));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The sheet's own names of character sets are asked with only if they are plain words.
  private static Question question(Wanted wanted, String sql) {
    var collation = wanted.collation();
    return Question.isPlain(wanted.charset()) && (collation == null || Question.isPlain(collation))
        ? Question.ours(sql)
        : Question.theirs(sql);
  }
}
