// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.target.TableSize;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.targets.postgresql.Catalogue.Relation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How big tables are with all their children, and in which band that is.
final class Sizes {
  /// The heap, the only table access method of which no pages mean no rows.
  private static final long HEAP = 2;

  /// A row takes at least 28 bytes and its pointer 4, of a page less its header of 24.
  private static final int LEAST_ROW = 28;

  private final Catalogue catalogue;
  private final SizeBorders borders;
  private final long pageBytes;
  private final Map<Long, List<Long>> children;
  private final Map<Long, Size> known = new HashMap<>();

  Sizes(Catalogue catalogue, SizeBorders borders, long pageBytes) {
    this.catalogue = catalogue;
    this.borders = borders;
    this.pageBytes = pageBytes;
    this.children = catalogue.children();
  }

  /// Of one relation with its children. `mostRows` is a bound that its pages put on its rows; null
  /// is unknown.
  private record Size(
      boolean empty, @Nullable Long rows, @Nullable Long mostRows, @Nullable Long bytes) {
    static final Size UNKNOWN = new Size(false, null, null, null);
    static final Size NOTHING = new Size(true, 0L, 0L, 0L);

    Size plus(Size other) {
      return new Size(
          empty && other.empty,
          sum(rows, other.rows),
          sum(mostRows, other.mostRows),
          sum(bytes, other.bytes));
    }

    private static @Nullable Long sum(@Nullable Long first, @Nullable Long second) {
      return first == null || second == null ? null : Long.valueOf(first + second);
    }
  }

  TableSize of(Relation relation) {
    var size = size(relation.oid());
    return new TableSize(size.rows(), size.bytes());
  }

  SizeBand band(Relation relation) {
    var size = size(relation.oid());
    if (size.empty()) {
      return SizeBand.EMPTY;
    }
    var bytes = size.bytes();
    if (bytes == null) {
      return SizeBand.UNKNOWN;
    }
    var rows = size.rows() == null ? size.mostRows() : size.rows();
    if (bytes >= borders.largeBytes()
        || (size.rows() != null && size.rows() >= borders.largeRows())) {
      return SizeBand.LARGE;
    }
    if (rows == null || rows >= borders.largeRows()) {
      return SizeBand.UNKNOWN;
    }
    return rows < borders.smallRows() && bytes < borders.smallBytes()
        ? SizeBand.SMALL
        : SizeBand.NORMAL;
  }

  private Size size(long oid) {
    var found = known.get(oid);
    if (found == null) {
      found = measured(oid);
      known.put(oid, found);
    }
    return found;
  }

  private Size measured(long oid) {
    var relation = catalogue.relations.get(oid);
    if (relation == null || !relation.described()) {
      return Size.UNKNOWN;
    }
    var size =
        switch (relation.kind()) {
          case 'r', 'm' -> stored(relation);
          case 'p' -> Size.NOTHING;
          default -> Size.UNKNOWN;
        };
    for (var child : children.getOrDefault(oid, List.of())) {
      size = size.plus(size(child));
    }
    return size;
  }

  private Size stored(Relation relation) {
    var bytes = relation.mainBytes();
    if (bytes == null) {
      return new Size(false, relation.tuples() > 0 ? (long) relation.tuples() : null, null, null);
    }
    if (relation.accessMethod() != HEAP) {
      return new Size(
          false,
          relation.tuples() > 0 ? (long) relation.tuples() : null,
          null,
          relation.allBytes());
    }
    return new Size(
        bytes == 0, rows(relation, bytes / pageBytes), bytes / LEAST_ROW, relation.allBytes());
  }

  /// As the planner estimates (`estimate_rel_size`): the density when last counted, times the pages
  /// of now. Null where nothing was ever counted, or where all pages that were counted were empty
  /// and there are more by now.
  private static @Nullable Long rows(Relation relation, long pages) {
    if (pages == 0) {
      return 0L;
    }
    if (relation.pages() == 0 || relation.tuples() < 0) {
      return relation.tuples() > 0 ? Long.valueOf((long) relation.tuples()) : null;
    }
    if (relation.tuples() == 0 && pages > relation.pages()) {
      return null;
    }
    return Math.round(relation.tuples() / relation.pages() * pages);
  }
}
