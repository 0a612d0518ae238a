// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.postgresql.Catalogue.Relation;
import dev.plancheck.targets.postgresql.Catalogue.Rule;
import dev.plancheck.targets.postgresql.Catalogue.RuleUse;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Tables that a snapshot proved to have nothing that [LeftOut] could tell of: no trigger, rule or
/// row security, no foreign key that changes other tables. Not to be here says nothing.
///
/// `loud` are the names, without schemas, of all other relations that were read.
record QuietTables(Set<ObjectName> quiet, Set<String> loud) {
  static final QuietTables NONE = new QuietTables(Set.of(), Set.of());

  QuietTables {
    quiet = Set.copyOf(quiet);
    loud = Set.copyOf(loud);
  }

  static QuietTables of(Catalogue catalogue) {
    var ruled = catalogue.rules.values().stream().map(Rule::relation).collect(Collectors.toSet());
    catalogue.ruleUses.stream()
        .filter(use -> !catalogue.rules.containsKey(use.rule()))
        .map(RuleUse::relation)
        .forEach(ruled::add);
    var quiet = new TreeSet<ObjectName>();
    var loud = new TreeSet<String>();
    for (var relation : catalogue.relations.values()) {
      if (isQuiet(relation, catalogue) && !ruled.contains(relation.oid())) {
        quiet.add(relation.name());
      } else {
        loud.add(relation.name().name());
      }
    }
    return new QuietTables(quiet, loud);
  }

  /// Whether nothing has to be asked about a statement that names `target` and, says its plan,
  /// changes `tables`. A name without a schema may mean any relation of that name; and what the
  /// plan does not change itself, a rule may have replaced.
  boolean cover(ObjectName target, Collection<ObjectName> tables) {
    return quiet.containsAll(tables)
        && tables.stream().anyMatch(table -> table.name().equals(target.name()))
        && (target.schema() != null
            ? quiet.contains(target)
            : !loud.contains(target.name())
                && quiet.stream().anyMatch(table -> table.name().equals(target.name())));
  }

  private static boolean isQuiet(Relation relation, Catalogue catalogue) {
    return relation.described()
        && (relation.kind() == 'r' || relation.kind() == 'p')
        && !relation.rowSecurity()
        && !catalogue.triggered.contains(relation.oid())
        && !catalogue.guarded.contains(relation.oid())
        && !catalogue.changesOthers.contains(relation.oid());
  }
}
