// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.approval.Assessment.UnknownFact;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes looks, without what no rule asks for, so that targets which differ only in that look the
/// same; and tells what is not known, whether a rule asks for it or not.
final class Looks {
  private static final SortedMap<String, Object> ANYTHING = Collections.emptySortedMap();

  private final Set<String> used;

  Looks(Set<String> used) {
    this.used = used;
  }

  Look of(SortedMap<String, Object> place, SummaryReport report) {
    return new Look(
        asked(place),
        StatementKinds.of(report.statementTypes()),
        report.changedTables().stream().map(table -> asked(table(table))).distinct().toList(),
        asked(rows(report.affected())),
        report.affected().rows() != null);
  }

  /// Of a target where nothing is known of the statements.
  Look opaque(SortedMap<String, Object> place) {
    return new Look(
        asked(place), List.of(StatementKinds.OPAQUE), List.of(ANYTHING), ANYTHING, false);
  }

  /// Of one statement that changes no row and no table.
  Look plain(SortedMap<String, Object> place, String kind) {
    return new Look(asked(place), List.of(kind), List.of(), asked(rows(AffectedRows.NONE)), true);
  }

  /// What is not known of a target, each for this one target.
  static List<UnknownFact> unknown(SummaryReport report) {
    var unknown = new ArrayList<UnknownFact>();
    if (StatementKinds.of(report.statementTypes()).contains(StatementKinds.OPAQUE)) {
      unknown.add(
          new UnknownFact(Facts.SQL_TYPE, "the sheet has statements that were not analysed", 1));
    }
    if (!isNumber(report.affected())) {
      unknown.add(new UnknownFact(Facts.AFFECTED_ROWS, why(report.affected()), 1));
    }
    for (var table : report.changedTables()) {
      if (table.rows() == null) {
        unknown.add(
            new UnknownFact(Facts.TABLE_ROWS, "how many rows %s has".formatted(table.table()), 1));
      }
    }
    return unknown;
  }

  private static SortedMap<String, Object> table(ChangedTable table) {
    var known = new TreeMap<String, Object>();
    var dot = table.table().indexOf('.');
    known.put(Facts.SCHEMA, dot < 0 ? "" : table.table().substring(0, dot));
    known.put(Facts.TABLE, table.table().substring(dot + 1));
    if (table.rows() != null) {
      known.put(Facts.TABLE_ROWS, table.rows());
    }
    return known;
  }

  private static SortedMap<String, Object> rows(AffectedRows affected) {
    var known = new TreeMap<String, Object>();
    if (affected.rows() != null) {
      known.put(Facts.AFFECTED_METHOD, affected.method().name());
      if (isNumber(affected)) {
        known.put(Facts.AFFECTED_ROWS, affected.rows());
      }
    }
    return known;
  }

  /// Whether there is a number that rules may compare with another. At least so many rows may be
  /// any number above, and must not pass as few.
  private static boolean isNumber(AffectedRows affected) {
    return switch (affected.method()) {
      case COUNTED, ESTIMATED, UPPER_BOUND -> true;
      case AT_LEAST, UNKNOWN -> false;
    };
  }

  private static String why(AffectedRows affected) {
    return affected.rows() == null ? affected.note() : "only a least number: the count has a limit";
  }

  private SortedMap<String, Object> asked(SortedMap<String, Object> known) {
    var asked = new TreeMap<>(known);
    asked.keySet().retainAll(used);
    return asked;
  }
}
