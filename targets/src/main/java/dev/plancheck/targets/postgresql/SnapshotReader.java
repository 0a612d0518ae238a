// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.target.SizeBorders;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.schema.Fingerprint;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectName;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the snapshot of one target: everything that a script can reach, in one read-only
/// transaction of two round trips.
record SnapshotReader(Wire wire, EngineVersion version, String target, Limits limits) {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  Snapshot read(Script script, SizeBorders borders) throws SQLException {
    var mentions = Mentions.of(script);
    try {
      return read(mentions, borders, true);
    } catch (SQLException e) {
      if (!Failures.state(e).equals(LOCK_NOT_AVAILABLE)) {
        throw e;
      }
      // Asking for a size waits for whoever holds the table exclusively; the catalogue does not.
      return read(mentions, borders, false);
    }
  }

  private Snapshot read(Mentions mentions, SizeBorders borders, boolean sizes) throws SQLException {
    try {
      var answers =
          wire.ask(
                  CatalogueQueries.first(version.major(), mentions.wholeSchema(), sizes),
                  limits.statement().toMillis() + "ms",
                  limits.lock().toMillis() + "ms",
                  mentions.schemas(),
                  relationNames(mentions),
                  names(mentions.types().stream()),
                  names(mentions.functions().stream()))
              .iterator();
      var facts = answers.next().getFirst();
      answers.next();
      var session = SessionFacts.of(version, facts, answers.next());
      var catalogue = new Catalogue();
      catalogue.readNames(answers);
      catalogue.readDescription(answers);
      readReached(catalogue, sizes);
      return snapshot(catalogue, session, borders);
    } catch (SQLException e) {
      wire.rollBack();
      throw e;
    }
  }

  private void readReached(Catalogue catalogue, boolean sizes) throws SQLException {
    var reached = Reached.by(catalogue);
    if (reached.isEmpty()) {
      wire.rollBack();
      return;
    }
    var answers =
        wire.ask(
                CatalogueQueries.second(version.major(), sizes),
                texts(reached.tables()),
                texts(reached.views()),
                texts(reached.others()))
            .iterator();
    answers.next();
    catalogue.readDescription(answers);
  }

  private Snapshot snapshot(Catalogue catalogue, SessionFacts session, SizeBorders borders) {
    var builder = new SnapshotBuilder(catalogue, target, borders, session.pageBytes());
    var schema = builder.schema(session);
    var complete =
        catalogue.relations.values().stream().filter(Catalogue.Relation::described).count()
            < CatalogueQueries.MOST_RELATIONS;
    return new Snapshot(
        schema,
        complete ? Fingerprint.of(schema) : Fingerprint.ofRecord(new Unshared(target, schema)),
        builder.sizes());
  }

  /// A snapshot that may lack something: equal to none of another database.
  private record Unshared(String target, Schema schema) {}

  private static Collection<String> relationNames(Mentions mentions) {
    return names(Stream.concat(mentions.relations().stream(), mentions.indexes().stream()));
  }

  private static Collection<String> names(Stream<ObjectName> objects) {
    return objects.map(ObjectName::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> texts(Collection<Long> oids) {
    return oids.stream().map(String::valueOf).toList();
  }

  /// What the described relations lead to and is not described itself.
  private record Reached(Set<Long> tables, Set<Long> views, Set<Long> others) {
    static Reached by(Catalogue catalogue) {
      var described =
          catalogue.relations.values().stream()
              .filter(Catalogue.Relation::described)
              .map(Catalogue.Relation::oid)
              .collect(Collectors.toSet());
      var tables = new LinkedHashSet<Long>();
      var others = new LinkedHashSet<Long>();
      for (var inheritance : catalogue.inheritance) {
        (described.contains(inheritance.parent()) ? tables : new HashSet<Long>())
            .add(inheritance.child());
        others.add(inheritance.parent());
      }
      catalogue.constraintsOf.values().stream()
          .flatMap(List::stream)
          .filter(constraint -> constraint.kind() == 'f')
          .forEach(key -> {
            tables.add(key.relation());
            tables.add(key.referenced());
          });
      var views =
          catalogue.ruleUses.stream()
              .map(use -> catalogue.rules.get(use.rule()))
              .filter(rule -> rule != null && catalogue.isView(rule.relation()))
              .map(Catalogue.Rule::relation)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      tables.removeAll(described);
      views.removeAll(described);
      others.removeAll(described);
      return new Reached(tables, views, others);
    }

    boolean isEmpty() {
      return tables.isEmpty() && views.isEmpty() && others.isEmpty();
    }
  }
}
