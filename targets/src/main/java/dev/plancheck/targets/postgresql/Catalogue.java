// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the messages of [CatalogueQueries] brought: rows of the catalogue by object id.
///
/// Object ids stay inside this package; [SnapshotBuilder] turns them into names.
final class Catalogue {
  /// A row of pg_class. `described` tells that its columns, indexes and so on were read too; sizes
  /// are in bytes and null where none were asked for or the relation is gone.
  record Relation(
      long oid,
      ObjectName name,
      char kind,
      char persistence,
      long accessMethod,
      boolean rowSecurity,
      boolean described,
      long pages,
      double tuples,
      @Nullable Long mainBytes,
      @Nullable Long allBytes) {
    boolean isStored() {
      return kind == 'r' || kind == 'm';
    }

    boolean isView() {
      return kind == 'v' || kind == 'm';
    }
  }

  record Attribute(
      int number,
      String name,
      long type,
      int modifier,
      boolean notNull,
      char identity,
      char generated,
      long collation) {}

  record Constraint(
      String name,
      char kind,
      boolean validated,
      long relation,
      List<Integer> columns,
      long referenced,
      List<Integer> referencedColumns,
      @Nullable String expression,
      String traits) {}

  record Index(
      long oid,
      long relation,
      boolean unique,
      boolean primary,
      boolean valid,
      int keys,
      List<Integer> columns,
      List<Integer> options,
      List<Long> classes,
      List<Long> collations,
      @Nullable String expressions,
      @Nullable String predicate,
      String traits) {}

  record Inheritance(long child, long parent) {}

  record Rule(long oid, long relation, String name) {}

  record RuleUse(long rule, long relation) {}

  record Type(
      long oid,
      ObjectName name,
      char kind,
      char category,
      long element,
      long base,
      int modifier,
      boolean notNull,
      boolean hasDefault,
      long collation) {}

  record Operator(ObjectName name, long left, long right) {}

  record Function(ObjectName name, char volatility) {}

  final Map<Long, String> namespaces = new HashMap<>();
  final Map<Long, String> accessMethods = new HashMap<>();
  final Map<Long, Relation> relations = new LinkedHashMap<>();
  final Map<Long, List<Attribute>> attributes = new HashMap<>();

  /// By table and column number: the node tree.
  final Map<Long, Map<Integer, String>> defaults = new HashMap<>();

  /// By the table that has them.
  final Map<Long, List<Constraint>> constraintsOf = new HashMap<>();

  /// Foreign keys by the table that they lead to.
  final Map<Long, List<Constraint>> references = new HashMap<>();

  final Set<Long> domainConstraints = new HashSet<>();
  private final Set<Long> constraintsRead = new HashSet<>();
  final Map<Long, List<Index>> indexes = new HashMap<>();
  final Set<Inheritance> inheritance = new LinkedHashSet<>();
  final Map<Long, Long> defaultPartitions = new HashMap<>();
  final Map<Long, List<String>> triggers = new HashMap<>();
  final Map<Long, Rule> rules = new LinkedHashMap<>();
  final Set<RuleUse> ruleUses = new LinkedHashSet<>();
  final Map<Long, List<String>> policies = new HashMap<>();
  final Map<Long, Type> types = new LinkedHashMap<>();

  /// By type, in order.
  final Map<Long, Set<String>> labels = new HashMap<>();

  final Map<Long, String> labelsByOid = new HashMap<>();
  final Map<Long, ObjectName> functions = new HashMap<>();
  final Map<Long, Operator> operators = new HashMap<>();
  final Map<Long, ObjectName> operatorClasses = new HashMap<>();
  final Map<Long, ObjectName> collations = new HashMap<>();

  /// Functions that the script names.
  final List<Function> named = new ArrayList<>();

  void readNames(Iterator<List<Row>> answers) {
    answers.next().forEach(row -> namespaces.put(row.oid(0), row.text(1)));
    answers.next().forEach(row -> accessMethods.put(row.oid(0), row.text(1)));
    skip(answers, 3);
    for (var row : answers.next()) {
      named.add(new Function(name(row.oid(0), row.text(1)), row.letter(2)));
    }
  }

  void readDescription(Iterator<List<Row>> answers) {
    skip(answers, 4);
    answers.next().forEach(this::relation);
    readColumns(answers);
    answers.next().forEach(this::constraint);
    answers.next().forEach(this::index);
    for (var row : answers.next()) {
      inheritance.add(new Inheritance(row.oid(0), row.oid(1)));
    }
    answers.next().forEach(row -> defaultPartitions.put(row.oid(0), row.oid(1)));
    answers.next().forEach(row -> list(triggers, row.oid(0)).add(row.text(1)));
    for (var row : answers.next()) {
      rules.put(row.oid(0), new Rule(row.oid(0), row.oid(1), row.text(2)));
    }
    for (var row : answers.next()) {
      ruleUses.add(new RuleUse(row.oid(0), row.oid(1)));
    }
    answers.next().forEach(row -> list(policies, row.oid(0)).add(row.text(1)));
    readTypesAndNames(answers);
  }

  /// Of each parent among the described relations.
  Map<Long, List<Long>> children() {
    return inheritance.stream()
        .collect(
            Collectors.groupingBy(
                Inheritance::parent, Collectors.mapping(Inheritance::child, Collectors.toList())));
  }

  boolean isView(long oid) {
    var relation = relations.get(oid);
    return relation != null && relation.isView();
  }

  private ObjectName name(long namespace, String name) {
    return ObjectName.of(namespaces.getOrDefault(namespace, "?" + namespace), name);
  }

  private void readColumns(Iterator<List<Row>> answers) {
    var read = new HashMap<Long, List<Attribute>>();
    for (var row : answers.next()) {
      list(read, row.oid(0))
          .add(
              new Attribute(
                  row.number(1),
                  row.text(2),
                  row.oid(3),
                  row.number(4),
                  row.flag(5),
                  row.letter(6),
                  row.letter(7),
                  row.oid(8)));
    }
    attributes.putAll(read);
    for (var row : answers.next()) {
      defaults.computeIfAbsent(row.oid(0), _ -> new HashMap<>()).put(row.number(1), row.text(2));
    }
  }

  private void readTypesAndNames(Iterator<List<Row>> answers) {
    answers.next().forEach(this::type);
    for (var row : answers.next()) {
      labels.computeIfAbsent(row.oid(1), _ -> new LinkedHashSet<>()).add(row.text(2));
      labelsByOid.put(row.oid(0), row.text(2));
    }
    answers.next().forEach(row -> functions.put(row.oid(0), name(row.oid(2), row.text(1))));
    for (var row : answers.next()) {
      operators.put(
          row.oid(0), new Operator(name(row.oid(2), row.text(1)), row.oid(3), row.oid(4)));
    }
    answers.next().forEach(row -> operatorClasses.put(row.oid(0), name(row.oid(2), row.text(1))));
    answers.next().forEach(row -> collations.put(row.oid(0), name(row.oid(2), row.text(1))));
  }

  private void relation(Row row) {
    var relation =
        new Relation(
            row.oid(0),
            name(row.oid(2), row.text(1)),
            row.letter(3),
            row.letter(4),
            row.oid(5),
            row.flag(6),
            row.flag(7),
            row.oid(8),
            Double.parseDouble(row.text(9)),
            row.bigOrNull(10),
            row.bigOrNull(11));
    if (relation.described() || !relations.containsKey(relation.oid())) {
      relations.put(relation.oid(), relation);
    }
  }

  private void constraint(Row row) {
    var constraint =
        new Constraint(
            row.text(1),
            row.letter(2),
            row.flag(3),
            row.oid(4),
            row.numbers(6),
            row.oid(7),
            row.numbers(8),
            row.textOrNull(9),
            row.text(10));
    if (!constraintsRead.add(row.oid(0))) {
      return;
    }
    if (row.oid(5) != 0) {
      domainConstraints.add(row.oid(5));
    } else {
      list(constraintsOf, constraint.relation()).add(constraint);
    }
    if (constraint.kind() == 'f') {
      list(references, constraint.referenced()).add(constraint);
    }
  }

  private void index(Row row) {
    list(indexes, row.oid(1))
        .add(
            new Index(
                row.oid(0),
                row.oid(1),
                row.flag(2),
                row.flag(3),
                row.flag(4),
                row.number(5),
                row.numbers(6),
                row.numbers(7),
                row.oids(8),
                row.oids(9),
                row.textOrNull(10),
                row.textOrNull(11),
                row.text(12) + row.text(13)));
  }

  private void type(Row row) {
    types.put(
        row.oid(0),
        new Type(
            row.oid(0),
            name(row.oid(2), row.text(1)),
            row.letter(3),
            row.letter(4),
            row.oid(5),
            row.oid(6),
            row.number(7),
            row.flag(8),
            row.flag(9),
            row.oid(10)));
  }

  private static <K, V> List<V> list(Map<K, List<V>> lists, K key) {
    return lists.computeIfAbsent(key, _ -> new ArrayList<>());
  }

  private static void skip(Iterator<List<Row>> answers, int count) {
    for (var skipped = 0; skipped < count; skipped++) {
      answers.next();
    }
  }
}
