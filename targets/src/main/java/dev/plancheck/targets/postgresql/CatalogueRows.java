// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.targets.postgresql.Catalogue.Attribute;
import dev.plancheck.targets.postgresql.Catalogue.Constraint;
import dev.plancheck.targets.postgresql.Catalogue.Function;
import dev.plancheck.targets.postgresql.Catalogue.Index;
import dev.plancheck.targets.postgresql.Catalogue.Inheritance;
import dev.plancheck.targets.postgresql.Catalogue.Label;
import dev.plancheck.targets.postgresql.Catalogue.Operator;
import dev.plancheck.targets.postgresql.Catalogue.Relation;
import dev.plancheck.targets.postgresql.Catalogue.Rule;
import dev.plancheck.targets.postgresql.Catalogue.RuleUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/// Takes rows into a [Catalogue], one method for each select of [Opening], [Description] and
/// [Naming]; columns are in the order of the select.
record CatalogueRows(Catalogue catalogue) {
  private static final String DESCRIBED = "rpfvmSc";

  void namespace(Row row) {
    var name = row.text(1);
    if (!name.startsWith("pg_temp") && !name.startsWith("pg_toast")) {
      catalogue.namespaces.put(row.oid(0), name);
    }
  }

  void namedFunction(Row row) {
    catalogue.named.add(new Function(catalogue.name(row.oid(0), row.text(1)), row.letter(2)));
  }

  /// A relation that is described in the same message.
  void relation(Row row) {
    var described = DESCRIBED.indexOf(row.letter(3)) >= 0;
    catalogue.add(
        new Relation(
            row.oid(0),
            catalogue.name(row.oid(2), row.text(1)),
            row.letter(3),
            row.letter(5),
            row.oid(4),
            row.flag(6),
            described,
            row.oid(7),
            Double.parseDouble(row.text(8)),
            row.bigOrNull(10),
            row.bigOrNull(11)));
    if (row.flag(9)) {
      catalogue.mayHaveFamily.add(row.oid(0));
    }
    if (described) {
      catalogue.attributes.settle(List.of(row.oid(0)));
    }
  }

  /// A relation of which the name is enough.
  void relationName(Row row) {
    catalogue.add(
        new Relation(
            row.oid(0),
            catalogue.name(row.oid(2), row.text(1)),
            row.letter(3),
            ' ',
            row.oid(4),
            false,
            false,
            0,
            0,
            null,
            null));
  }

  void attribute(Row row) {
    var known = catalogue.attributes.peek(row.oid(0));
    var columns = known == null ? new TreeMap<Integer, Attribute>() : known;
    columns.put(
        row.number(1),
        new Attribute(
            row.number(1),
            row.text(2),
            row.oid(3),
            row.number(4),
            row.flag(5),
            row.letter(6),
            row.letter(7),
            row.oid(8)));
    catalogue.attributes.put(row.oid(0), columns);
  }

  void columnDefault(Row row) {
    catalogue
        .defaults
        .computeIfAbsent(row.oid(0), _ -> new HashMap<>())
        .put(row.number(1), row.text(2));
  }

  void constraint(Row row) {
    if (row.letter(2) == 'f' && (changesOthers(row.letter(10)) || changesOthers(row.letter(11)))) {
      catalogue.changesOthers.add(row.oid(6));
    }
    catalogue.add(
        row.oid(0),
        new Constraint(
            row.text(1),
            row.letter(2),
            row.flag(3),
            row.oid(4),
            row.numbers(5),
            row.oid(6),
            row.numbers(7),
            row.textOrNull(8),
            row.text(9)));
  }

  void index(Row row) {
    catalogue.add(
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

  void inheritance(Row row) {
    catalogue.inheritance.add(new Inheritance(row.oid(0), row.oid(1)));
  }

  /// Who depends on a relation: class, object, relation.
  void dependent(Row row) {
    switch ((int) row.oid(0)) {
      case 2618 -> catalogue.ruleUses.add(new RuleUse(row.oid(1), row.oid(2)));
      case 2620 -> catalogue.triggered.add(row.oid(2));
      case 3256 -> catalogue.guarded.add(row.oid(2));
      default -> {}
    }
  }

  void rule(Row row) {
    catalogue.rules.put(row.oid(0), new Rule(row.oid(0), row.oid(1), row.text(2)));
  }

  void type(Row row) {
    catalogue.types.put(
        row.oid(0),
        new Catalogue.Type(
            row.oid(0),
            catalogue.name(row.oid(2), row.text(1)),
            row.letter(3),
            row.letter(4),
            row.oid(5),
            row.oid(6),
            row.number(7),
            row.flag(8),
            row.flag(9),
            row.oid(10)));
  }

  void label(Row row) {
    add(catalogue.labels, row.oid(1), new Label(row.oid(0), row.text(2)));
  }

  void domainConstraint(Row row) {
    catalogue.domainConstraints.put(row.oid(0), true);
  }

  void defaultPartition(Row row) {
    catalogue.defaultPartitions.put(row.oid(0), row.oid(1));
  }

  void trigger(Row row) {
    add(catalogue.triggers, row.oid(0), row.text(1));
  }

  void policy(Row row) {
    add(catalogue.policies, row.oid(0), row.text(1));
  }

  void function(Row row) {
    catalogue.functions.put(row.oid(0), catalogue.name(row.oid(2), row.text(1)));
  }

  void operator(Row row) {
    catalogue.operators.put(
        row.oid(0), new Operator(catalogue.name(row.oid(2), row.text(1)), row.oid(3), row.oid(4)));
  }

  void operatorClass(Row row) {
    catalogue.operatorClasses.put(row.oid(0), catalogue.name(row.oid(2), row.text(1)));
  }

  void collation(Row row) {
    catalogue.collations.put(row.oid(0), catalogue.name(row.oid(2), row.text(1)));
  }

  void accessMethod(Row row) {
    catalogue.accessMethods.put(row.oid(0), row.text(1));
  }

  /// CASCADE, SET NULL, SET DEFAULT; and what a later version may add.
  private static boolean changesOthers(char action) {
    return action != 'a' && action != 'r';
  }

  private static <V> void add(Known<List<V>> lists, long key, V value) {
    var known = lists.peek(key);
    var list = known == null ? new ArrayList<V>() : known;
    list.add(value);
    lists.put(key, list);
  }
}
