// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.targets.postgresql.Catalogue.Index;
import dev.plancheck.targets.postgresql.Catalogue.RuleUse;
import dev.plancheck.targets.postgresql.Foresight.Hint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The reading of a database that should have the object ids of one that was read before: they
/// stand in the selects, so that none builds on another and each is one scan of an index. Used
/// once.
///
/// It asks again for whatever leads to an object id - names, search path, tables of indexes, who
/// depends on whom - and [#fits] compares that with the hint. So a hint saves work and never stands
/// for anything of this database.
final class Foreseen {
  private final CatalogueRows rows;
  private final Opening opening;
  private final Reach reach;
  private final Hint hint;
  private final Set<Long> constraints = new HashSet<>();
  private boolean parents;

  Foreseen(CatalogueRows rows, Opening opening, Reach reach, Hint hint) {
    this.rows = rows;
    this.opening = opening;
    this.reach = reach;
    this.hint = hint;
  }

  /// What a whole reading teaches about the next one; nothing where a script names a domain,
  /// because who uses that is only found by asking.
  static Optional<Hint> hint(Catalogue catalogue, Opening opening, Reach reach) {
    return reach.namedOnly().map(named -> hint(catalogue, opening, named, reach.beyondNamed()));
  }

  private static Hint hint(
      Catalogue catalogue, Opening opening, Set<Long> named, Set<Long> beyond) {
    var described = new HashSet<>(named);
    described.addAll(beyond);
    var onlyNamed = new HashSet<>(catalogue.relations.used());
    onlyNamed.removeAll(described);
    var names = new ArrayList<Set<Long>>();
    for (var known : catalogue.known()) {
      names.add(known.asked());
    }
    names.set(catalogue.known().indexOf(catalogue.relations), onlyNamed);
    names.set(catalogue.known().indexOf(catalogue.types), catalogue.types.used());
    return new Hint(
        opening.schemas(),
        opening.named(),
        named,
        beyond,
        catalogue.constraintsRead.keySet(),
        catalogue.rules.keySet(),
        !catalogue.inheritance.isEmpty() || !catalogue.mayHaveFamily.isEmpty(),
        names);
  }

  List<Question> questions(Mentions mentions, Limits limits, Description description) {
    var catalogue = rows.catalogue();
    hint.withTables().forEach(reach::addDescribed);
    reach.foresee(hint.beyond());
    for (var at = 0; at < hint.names().size(); at++) {
      catalogue.known().get(at).foresee(hint.names().get(at));
    }
    var asked = new ArrayList<>(opening.questions(mentions, limits, hint.schemas()));
    asked.addAll(
        description.of(
            hint, catalogue.relations.takeWanted(), catalogue.attributes.takeWanted(), this::lead));
    asked.addAll(new Naming(rows).questions());
    return asked;
  }

  /// Whether all that the answers lead to was asked for, and nothing else.
  boolean fits() {
    var catalogue = rows.catalogue();
    var withTables = new HashSet<>(opening.named());
    catalogue.indexes.values().stream()
        .flatMap(List::stream)
        .filter(index -> opening.named().contains(index.oid()))
        .map(Index::relation)
        .forEach(withTables::add);
    var usedRules = catalogue.ruleUses.stream().map(RuleUse::rule).collect(Collectors.toSet());
    return opening.schemas().equals(hint.schemas())
        && opening.named().equals(hint.named())
        && withTables.equals(hint.withTables())
        && constraints.equals(hint.constraints())
        && catalogue.constraintsRead.keySet().equals(constraints)
        && (hint.families() || (!parents && catalogue.mayHaveFamily.isEmpty()))
        && usedRules.equals(hint.rules())
        && catalogue.rules.keySet().equals(hint.rules());
  }

  private void lead(Row row) {
    switch ((int) row.oid(0)) {
      case 1259 -> parents = true;
      case 2606 -> constraints.add(row.oid(1));
      default -> rows.dependent(row);
    }
  }
}
