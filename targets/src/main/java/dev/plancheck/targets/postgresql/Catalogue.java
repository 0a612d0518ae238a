// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was read of one database's catalogue: its rows by object id. [Description] and [Naming]
/// fill it.
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

  record Label(long oid, String text) {}

  record Operator(ObjectName name, long left, long right) {}

  record Function(ObjectName name, char volatility) {}

  final Map<Long, String> namespaces = new HashMap<>();
  final Known<Relation> relations = new Known<>();

  /// Columns by relation and number.
  final Known<SortedMap<Integer, Attribute>> attributes = new Known<>();

  /// By table and column number: the node tree.
  final Map<Long, Map<Integer, String>> defaults = new HashMap<>();

  /// By the table that has them; a domain has none here.
  final Map<Long, List<Constraint>> constraintsOf = new HashMap<>();

  /// Foreign keys by the table that they lead to.
  final Map<Long, List<Constraint>> references = new HashMap<>();

  /// Tables to which a foreign key leads that changes the rows of others with theirs.
  final Set<Long> changesOthers = new HashSet<>();

  /// The relation of each constraint that was read.
  final Map<Long, Long> constraintsRead = new HashMap<>();

  /// Relations that are partitions, or have children or had some once. All others may have parents
  /// at most.
  final Set<Long> mayHaveFamily = new HashSet<>();

  final Map<Long, List<Index>> indexes = new HashMap<>();
  final Set<Inheritance> inheritance = new LinkedHashSet<>();
  final Map<Long, Rule> rules = new LinkedHashMap<>();
  final Set<RuleUse> ruleUses = new LinkedHashSet<>();

  /// Relations that have triggers or policies at all.
  final Set<Long> triggered = new HashSet<>();

  final Set<Long> guarded = new HashSet<>();

  final Known<List<String>> triggers = new Known<>();
  final Known<List<String>> policies = new Known<>();
  final Known<Long> defaultPartitions = new Known<>();
  final Known<Type> types = new Known<>();

  /// By type, in order.
  final Known<List<Label>> labels = new Known<>();

  /// Domains that have constraints of their own.
  final Known<Boolean> domainConstraints = new Known<>();

  final Known<ObjectName> functions = new Known<>();
  final Known<Operator> operators = new Known<>();
  final Known<ObjectName> operatorClasses = new Known<>();
  final Known<ObjectName> collations = new Known<>();
  final Known<String> accessMethods = new Known<>();

  /// Functions that the script names.
  final List<Function> named = new ArrayList<>();

  /// Everything that is looked up, always in the same order.
  List<Known<?>> known() {
    return List.of(
        relations,
        attributes,
        triggers,
        policies,
        defaultPartitions,
        types,
        labels,
        domainConstraints,
        functions,
        operators,
        operatorClasses,
        collations,
        accessMethods);
  }

  ObjectName name(long namespace, String name) {
    return ObjectName.of(namespaces.getOrDefault(namespace, "?" + namespace), name);
  }

  Stream<Relation> described() {
    return relations.values().stream().filter(Relation::described);
  }

  /// A description is never replaced by a mere name.
  void add(Relation relation) {
    if (relation.described() || relations.peek(relation.oid()) == null) {
      relations.put(relation.oid(), relation);
    }
  }

  SortedMap<Integer, Attribute> columns(long relation) {
    return Objects.requireNonNullElse(attributes.get(relation), Collections.emptySortedMap());
  }

  /// A foreign key is found from both of its ends.
  void add(long oid, Constraint constraint) {
    if (constraintsRead.putIfAbsent(oid, constraint.relation()) == null) {
      list(constraintsOf, constraint.relation()).add(constraint);
      if (constraint.kind() == 'f') {
        list(references, constraint.referenced()).add(constraint);
      }
    }
  }

  void add(Index index) {
    list(indexes, index.relation()).add(index);
  }

  List<String> triggers(long relation) {
    return sorted(triggered.contains(relation) ? triggers.get(relation) : null);
  }

  List<String> policies(long relation) {
    return sorted(guarded.contains(relation) ? policies.get(relation) : null);
  }

  List<Label> labels(Type type) {
    return type.kind() == 'e'
        ? Objects.requireNonNullElse(labels.get(type.oid()), List.of())
        : List.of();
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

  private static <V> List<V> list(Map<Long, List<V>> lists, long key) {
    return lists.computeIfAbsent(key, _ -> new ArrayList<>());
  }

  private static List<String> sorted(@Nullable List<String> names) {
    return names == null ? List.of() : names.stream().sorted().toList();
  }
}
