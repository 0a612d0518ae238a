// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.postgresql.wire.ObjectIds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a plan leaves out of its numbers, in words: triggers, rules, row policies, cascades.
final class LeftOut {
  /// Values: names of relations, names of schemas. Of foreign keys only those that change other
  /// tables: `c`, `n`, `d` are CASCADE, SET NULL, SET DEFAULT.
  private static final String QUESTIONS =
      """
      ROLLBACK TO SAVEPOINT plancheck;
      SELECT pg_catalog.set_config('search_path', 'pg_catalog', true);
      SELECT set_config('plancheck.changed', ARRAY(
          SELECT oid FROM pg_class WHERE relname = ANY (?::name[]))::text, true);
      SELECT oid, (SELECT nspname FROM pg_namespace WHERE pg_namespace.oid = relnamespace), relname,
          relrowsecurity
        FROM pg_class WHERE oid = ANY ((SELECT current_setting('plancheck.changed')::oid[])::oid[]);
      SELECT tgrelid, tgname, tgtype FROM pg_trigger
        WHERE tgrelid = ANY ((SELECT current_setting('plancheck.changed')::oid[])::oid[])
          AND NOT tgisinternal AND tgenabled <> 'D';
      SELECT ev_class, rulename, ev_type FROM pg_rewrite
        WHERE ev_class = ANY ((SELECT current_setting('plancheck.changed')::oid[])::oid[])
          AND ev_type <> '1' AND ev_enabled <> 'D';
      SELECT confrelid, conrelid, confdeltype IN ('c', 'n', 'd'), confupdtype IN ('c', 'n', 'd')
        FROM pg_constraint
        WHERE contype = 'f'
          AND confrelid = ANY ((SELECT current_setting('plancheck.changed')::oid[])::oid[])
          AND (confdeltype IN ('c', 'n', 'd') OR confupdtype IN ('c', 'n', 'd'));
      """;

  private static final String CASCADED =
      """
      SELECT oid, (SELECT nspname FROM pg_namespace WHERE pg_namespace.oid = relnamespace), relname
        FROM pg_class WHERE oid = ANY (?)
      """;

  /// The bits of pg_trigger.tgtype, `catalog/pg_trigger.h`.
  private static final Map<String, Integer> EVENTS = Map.of("Insert", 4, "Delete", 8, "Update", 16);

  private static final int ANY_EVENT = 4 | 8 | 16;

  private record Trigger(long table, String name, int events) {}

  private record Rule(long table, String name) {}

  private record Cascade(long table, ObjectName to, boolean onDelete, boolean onUpdate) {}

  private record Relation(long oid, ObjectName name, boolean rowSecurity) {}

  private final List<Relation> relations = new ArrayList<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Cascade> cascades = new ArrayList<>();

  private LeftOut() {}

  /// Asks nothing when there are no names. Reads what belongs to relations of these names, in any
  /// schema; in the transaction of an [Estimator].
  static LeftOut read(Wire wire, Collection<ObjectName> names) throws SQLException {
    var left = new LeftOut();
    if (names.isEmpty()) {
      return left;
    }
    var answers =
        wire.ask(QUESTIONS, names.stream().map(ObjectName::name).collect(Collectors.toSet()));
    for (var row : answers.get(2)) {
      left.relations.add(
          new Relation(row.oid(0), ObjectName.of(row.text(1), row.text(2)), row.flag(3)));
    }
    for (var row : answers.get(3)) {
      left.triggers.add(new Trigger(row.oid(0), row.text(1), row.number(2)));
    }
    for (var row : answers.get(4)) {
      left.rules.add(new Rule(row.oid(0), row.text(1)));
    }
    left.readCascades(wire, answers.get(5));
    return left;
  }

  private void readCascades(Wire wire, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    var names = new HashMap<Long, ObjectName>();
    var to = rows.stream().map(row -> row.oid(1)).collect(Collectors.toSet());
    wire.ask(
        "",
        List.of(
            new Question(
                CASCADED,
                row -> names.put(row.oid(0), ObjectName.of(row.text(1), row.text(2))),
                new ObjectIds(to))));
    for (var row : rows) {
      var name = names.get(row.oid(1));
      if (name != null) {
        cascades.add(new Cascade(row.oid(0), name, row.flag(2), row.flag(3)));
      }
    }
  }

  /// Sentences about one statement, which names `target` and changes what its plan says.
  List<String> of(ObjectName target, PlannedChanges planned) {
    var sentences = new LinkedHashSet<String>();
    for (var relation : relations) {
      if (relation.name().equals(target)
          || (target.schema() == null && relation.name().name().equals(target.name()))) {
        rules.stream()
            .filter(rule -> rule.table() == relation.oid())
            .forEach(rule ->
                sentences.add(
                    "what rule %s of %s changes is not included"
                        .formatted(rule.name(), relation.name())));
      }
      for (var change : planned.changes()) {
        if (change.table().equals(relation.name())) {
          addOfChange(relation, change.operation(), sentences);
        }
      }
    }
    return List.copyOf(sentences);
  }

  private void addOfChange(Relation relation, String operation, Set<String> sentences) {
    var events = EVENTS.getOrDefault(operation, ANY_EVENT);
    for (var trigger : triggers) {
      if (trigger.table() == relation.oid() && (trigger.events() & events) != 0) {
        sentences.add(
            "what trigger %s of %s changes is not included"
                .formatted(trigger.name(), relation.name()));
      }
    }
    for (var cascade : cascades) {
      if (cascade.table() == relation.oid()
          && ((cascade.onDelete() && (events & 8) != 0)
              || (cascade.onUpdate() && (events & 16) != 0))) {
        sentences.add(
            "rows of %s that a foreign key to %s changes with it are not included"
                .formatted(cascade.to(), relation.name()));
      }
    }
    if (relation.rowSecurity()) {
      sentences.add(
          "row policies of %s may let another user change other rows".formatted(relation.name()));
    }
  }
}
