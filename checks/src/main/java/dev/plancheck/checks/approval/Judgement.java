// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.approval.Assessment.Cause;
import dev.plancheck.checks.cache.LatestUsed;
import dev.plancheck.checks.expression.Expression.Answer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a policy says of looks, each asked once as long as it is remembered.
///
/// For a change the first rule that holds decides. A rule that cannot be decided, for want of a
/// fact or because it fails, may hold: its risk counts, and the rules behind it are asked, too.
/// Where no rule holds for certain the kind of the statement counts.
final class Judgement {
  /// How often conditions are asked at most, for all targets together.
  static final int MOST_QUESTIONS = 2_000_000;

  private static final int REMEMBERED = 10_000;
  private static final SortedMap<String, Object> ANYTHING = Collections.emptySortedMap();
  private static final SortedMap<String, Object> NO_TABLE =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(Map.of(Facts.SCHEMA, "", Facts.TABLE, "", Facts.TABLE_ROWS, 0L)));

  /// Without a count.
  private static final Cause TOO_MANY =
      new Cause(
          Risk.HIGH,
          "more different facts than %d questions can tell apart".formatted(MOST_QUESTIONS),
          0);

  private final CompiledPolicy policy;
  private final Map<Look, Set<Cause>> known = new LatestUsed<>(REMEMBERED);
  private int questions;

  Judgement(CompiledPolicy policy) {
    this.policy = policy;
  }

  /// How often a condition was asked.
  int questions() {
    return questions;
  }

  /// The causes that the look gives; they do not count targets.
  Set<Cause> of(Look look) {
    var remembered = known.get(look);
    if (remembered != null) {
      return remembered;
    }
    Set<Cause> causes = new LinkedHashSet<>();
    for (var type : look.types()) {
      for (var table : tables(look, type)) {
        if (questions >= MOST_QUESTIONS) {
          return Set.of(TOO_MANY);
        }
        judge(change(look, type, table), type, causes);
      }
    }
    known.put(look, causes);
    return causes;
  }

  private static List<SortedMap<String, Object>> tables(Look look, String type) {
    if (type.equals(StatementKinds.OPAQUE)) {
      return List.of(ANYTHING);
    }
    if (look.tables().isEmpty()) {
      return List.of(mayReachFurther(look, type) ? ANYTHING : NO_TABLE);
    }
    if (!mayReachFurther(look, type)) {
      return look.tables();
    }
    var tables = new LinkedHashSet<>(look.tables());
    tables.add(ANYTHING);
    return List.copyOf(tables);
  }

  /// Code that was looked into has a known number of rows.
  private static boolean mayReachFurther(Look look, String type) {
    return StatementKinds.mayReachFurther(type) && !look.rowsKnown();
  }

  private static SortedMap<String, Object> change(
      Look look, String type, SortedMap<String, Object> table) {
    var change = new TreeMap<>(look.place());
    change.putAll(look.rows());
    change.putAll(table);
    if (!type.equals(StatementKinds.OPAQUE)) {
      change.put(Facts.SQL_TYPE, type);
    }
    return change;
  }

  private void judge(SortedMap<String, Object> change, String type, Set<Cause> causes) {
    for (var rule : policy.rules()) {
      questions++;
      var risk = rule.rule().risk();
      switch (rule.condition().of(change)) {
        case Answer.Holds _ -> {
          causes.add(new Cause(risk, "rule \"%s\"".formatted(rule.rule().title()), 0));
          return;
        }
        case Answer.Undecided(var why) ->
            causes.add(
                new Cause(risk, "rule \"%s\" may hold: %s".formatted(rule.rule().title(), why), 0));
        case Answer.HoldsNot _ -> {}
      }
    }
    if (!type.equals(StatementKinds.OPAQUE)) {
      causes.add(new Cause(KindRisk.of(type), type + ", which no rule covers", 0));
    }
  }
}
