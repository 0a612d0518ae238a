// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.targets.postgresql.Catalogue.Constraint;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which relations a script reaches from those that it names: partitions and children of all
/// generations, parents, both ends of foreign keys with their children, views and the views on
/// them.
///
/// It knows only what the [Catalogue] holds: each description may let it see farther.
final class Reach {
  private final Catalogue catalogue;
  private final Set<Long> named = new HashSet<>();
  private final Set<Long> all = new TreeSet<>();
  private final Set<Long> described = new HashSet<>();
  private final Set<Long> foreseen = new HashSet<>();
  private final Set<Long> withTables = new HashSet<>();

  /// Those whose children are followed, and those whose views are.
  private final Set<Long> withChildren = new HashSet<>();

  private final Set<Long> withViews = new HashSet<>();

  Reach(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// A relation that the script names.
  void addNamed(long relation) {
    named.add(relation);
    all.add(relation);
    withChildren.add(relation);
    withViews.add(relation);
  }

  /// One that it names and whose description is part of the same message.
  void addDescribed(long relation) {
    addNamed(relation);
    withTables.add(relation);
    described.add(relation);
  }

  /// Relations whose description was asked for on suspicion.
  void foresee(Set<Long> relations) {
    described.addAll(relations);
    foreseen.addAll(relations);
  }

  /// Whether everything foreseen is reached.
  boolean isForeseenRight() {
    return all.containsAll(foreseen);
  }

  /// Those that came by [#addDescribed]; empty says that others are named too.
  Optional<Set<Long>> namedOnly() {
    return withTables.equals(named) ? Optional.of(withTables) : Optional.empty();
  }

  /// All that is reached beyond what the script names.
  Set<Long> beyondNamed() {
    var beyond = new TreeSet<>(all);
    beyond.removeAll(named);
    return beyond;
  }

  /// What is reached and has to be described now; never the same relation twice.
  Set<Long> next() {
    for (var size = -1; size != all.size(); ) {
      size = all.size();
      follow();
    }
    var next = new TreeSet<>(all);
    next.removeAll(described);
    described.addAll(next);
    catalogue.relations.settle(next);
    catalogue.attributes.settle(next);
    return next;
  }

  private void follow() {
    for (var inheritance : catalogue.inheritance) {
      if (withChildren.contains(inheritance.parent())) {
        withChildren.add(inheritance.child());
        all.add(inheritance.child());
      }
      if (named.contains(inheritance.child())) {
        all.add(inheritance.parent());
      }
    }
    for (var key : foreignKeys()) {
      if (named.contains(key.relation()) || named.contains(key.referenced())) {
        for (var end : List.of(key.relation(), key.referenced())) {
          withChildren.add(end);
          all.add(end);
        }
      }
    }
    for (var use : catalogue.ruleUses) {
      var rule = catalogue.rules.get(use.rule());
      if (rule != null && withViews.contains(use.relation())) {
        withViews.add(rule.relation());
        all.add(rule.relation());
      }
    }
  }

  private Collection<Constraint> foreignKeys() {
    return catalogue.references.values().stream().flatMap(List::stream).toList();
  }
}
