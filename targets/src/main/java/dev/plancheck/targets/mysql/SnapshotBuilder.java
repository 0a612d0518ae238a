// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.TableSize;
import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Schema.Volatility;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Dependents;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement.Persistence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Turns rows of the catalogue into a [Schema] of one database that holds no name of that database,
/// everything sorted.
final class SnapshotBuilder {
  private final Catalogue catalogue;
  private final Line line;
  private final Named named;
  private final Sizes sizes;
  private final Questions questions;

  /// `named` are all the tables that belong to it.
  SnapshotBuilder(Catalogue catalogue, Line line, Named named, SizeBorders borders) {
    this.catalogue = catalogue;
    this.line = line;
    this.named = named;
    this.sizes = new Sizes(catalogue, borders);
    this.questions = new Questions(line.version(), line.rights());
  }

  Schema schema(Mentions mentions) {
    var tables = new TreeMap<ObjectName, Table>();
    named
        .tables()
        .forEach((name, id) -> {
          if (catalogue.isThere(id)) {
            tables.put(name, table(name, id));
          }
        });
    return new Schema(
        line.version().version(),
        true,
        List.of(ObjectName.HERE),
        settings(),
        tables,
        new TreeMap<>(),
        functions(mentions));
  }

  SortedMap<ObjectName, TableSize> sizes() {
    var measured = new TreeMap<ObjectName, TableSize>();
    named
        .tables()
        .forEach((name, id) -> {
          var row = catalogue.row(Catalogue.TABLE, id);
          if (row != null && Sizes.isStored(row)) {
            measured.put(name, sizes.of(id));
          }
        });
    return measured;
  }

  private SortedMap<String, String> settings() {
    var settings = new TreeMap<>(line.settings());
    var database = catalogue.database(named.home());
    if (database != null) {
      settings.put("character_set_database", CharacterSets.canonical(Catalogue.value(database, 0)));
      settings.put("collation_database", CharacterSets.canonical(Catalogue.value(database, 1)));
    }
    var unread = unread();
    if (!unread.isEmpty()) {
      settings.put("not readable", String.join(", ", unread));
    }
    return settings;
  }

  /// What of the tables the server does not tell, or not to this user: that there is none of it in
  /// the snapshot says nothing.
  private List<String> unread() {
    var unread = new ArrayList<String>();
    if (!questions.tellsForeignDatabases()) {
      unread.add("foreign keys of other databases");
    }
    if (!line.rights().has("TRIGGER", named.home())) {
      unread.add("triggers");
    }
    if (!questions.tellsViews() || !line.rights().has("SHOW VIEW", named.home())) {
      unread.add("views");
    }
    return unread;
  }

  private Table table(ObjectName name, TableId id) {
    var row = Objects.requireNonNull(catalogue.row(Catalogue.TABLE, id));
    var parts = new TableParts(catalogue, line.version(), named, id);
    var kind = kind(row, id);
    return new Table(
        name,
        kind,
        Persistence.PERMANENT,
        Sizes.isStored(row) ? sizes.band(id) : SizeBand.UNKNOWN,
        false,
        kind == Table.Kind.SEQUENCE ? List.of() : parts.columns(),
        parts.indexes(),
        parts.constraints(),
        dependents(id),
        parts.options());
  }

  private Table.Kind kind(Row row, TableId id) {
    return switch (Catalogue.value(row, 0).toUpperCase(Locale.ROOT)) {
      case "VIEW", "SYSTEM VIEW" -> Table.Kind.VIEW;
      case "SEQUENCE" -> Table.Kind.SEQUENCE;
      default ->
          catalogue.rows(Catalogue.PARTITION, id).isEmpty()
              ? Table.Kind.TABLE
              : Table.Kind.PARTITIONED_TABLE;
    };
  }

  private Dependents dependents(TableId id) {
    var referencing = new TreeSet<ObjectName>();
    catalogue.referencing(id).forEach(other -> referencing.add(named.nameOf(other)));
    var views = new TreeSet<ObjectName>();
    for (var view : catalogue.rows(Catalogue.VIEW, id)) {
      views.add(
          named.nameOf(catalogue.spelling().id(Catalogue.value(view, 0), Catalogue.name(view))));
    }
    var triggers = new TreeSet<String>();
    for (var trigger : catalogue.rows(Catalogue.TRIGGER, id)) {
      triggers.add(Catalogue.name(trigger));
    }
    return Dependents.NONE
        .withReferencedBy(List.copyOf(referencing))
        .withViews(List.copyOf(views))
        .withTriggers(List.copyOf(triggers));
  }

  /// A function that is not declared to be deterministic may do anything for each row.
  private SortedMap<ObjectName, Volatility> functions(Mentions mentions) {
    var found = new TreeMap<ObjectName, Volatility>();
    for (var row : catalogue.functions(named.home())) {
      var volatility =
          Catalogue.value(row, 0).equals("YES") ? Volatility.IMMUTABLE : Volatility.VOLATILE;
      for (var function : mentions.functions()) {
        if (function.name().equalsIgnoreCase(Catalogue.name(row))) {
          found.put(
              function.schema() == null ? function.inSchema(ObjectName.HERE) : function,
              volatility);
        }
      }
    }
    return found;
  }
}
