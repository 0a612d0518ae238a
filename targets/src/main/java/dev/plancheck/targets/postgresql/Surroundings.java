// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.postgresql.Catalogue.Constraint;
import dev.plancheck.targets.postgresql.Catalogue.Inheritance;
import dev.plancheck.targets.postgresql.Catalogue.Relation;
import dev.plancheck.targets.postgresql.Catalogue.Rule;
import dev.plancheck.targets.postgresql.Catalogue.RuleUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What hangs on a relation: parents, children, referencing tables, views, triggers, rules,
/// policies.
final class Surroundings {
  private final Catalogue catalogue;
  private final TypeNames types;
  private final Map<Long, List<Long>> parents;
  private final Map<Long, List<Long>> children;
  private final Map<Long, List<Rule>> rules;
  private final Map<Long, List<RuleUse>> uses;

  Surroundings(Catalogue catalogue, TypeNames types) {
    this.catalogue = catalogue;
    this.types = types;
    this.parents =
        catalogue.inheritance.stream()
            .collect(
                Collectors.groupingBy(
                    Inheritance::child,
                    Collectors.mapping(Inheritance::parent, Collectors.toList())));
    this.children = catalogue.children();
    this.rules = catalogue.rules.values().stream().collect(Collectors.groupingBy(Rule::relation));
    this.uses = catalogue.ruleUses.stream().collect(Collectors.groupingBy(RuleUse::relation));
  }

  Table.Dependents of(Relation relation) {
    var oid = relation.oid();
    return new Table.Dependents(
        names(parents.getOrDefault(oid, List.of()).stream()),
        names(children.getOrDefault(oid, List.of()).stream()),
        names(defaultPartition(relation).stream()).stream().findFirst().orElse(null),
        names(
            catalogue.references.getOrDefault(oid, List.of()).stream()
                .map(Constraint::relation)
                .filter(referencing -> referencing != oid)),
        names(viewsOn(oid)),
        catalogue.triggers(oid),
        rules.getOrDefault(oid, List.of()).stream()
            .map(Rule::name)
            .filter(name -> !name.equals("_RETURN"))
            .sorted()
            .toList(),
        catalogue.policies(oid),
        relation.rowSecurity());
  }

  private Optional<Long> defaultPartition(Relation relation) {
    return relation.kind() == 'p'
        ? Optional.ofNullable(catalogue.defaultPartitions.get(relation.oid()))
        : Optional.empty();
  }

  private Stream<Long> viewsOn(long relation) {
    return uses.getOrDefault(relation, List.of()).stream()
        .map(use -> catalogue.rules.get(use.rule()))
        .filter(rule -> rule != null && rule.relation() != relation)
        .map(Rule::relation)
        .filter(catalogue::isView);
  }

  private List<ObjectName> names(Stream<Long> oids) {
    return oids.filter(oid -> oid != 0)
        .map(oid -> {
          var relation = catalogue.relations.get(oid);
          return relation == null ? ObjectName.of(types.unknown(oid)) : relation.name();
        })
        .distinct()
        .sorted()
        .toList();
  }
}
