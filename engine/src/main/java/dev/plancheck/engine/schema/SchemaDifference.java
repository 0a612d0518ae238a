// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Constraint;
import dev.plancheck.engine.schema.Table.Dependents;
import dev.plancheck.engine.schema.Table.Index;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one database has otherwise than another, in sentences for people: "index orders_status_idx
/// on public.orders is missing".
///
/// Two snapshots without a sentence are equal: what has no sentence of its own is said to differ.
public final class SchemaDifference {
  private final List<String> sentences = new ArrayList<>();

  private SchemaDifference() {}

  /// How `other` differs from `usual`; empty when they are equal.
  public static List<String> between(Schema usual, Schema other) {
    var difference = new SchemaDifference();
    difference.schemas(usual, other);
    if (difference.sentences.isEmpty() && !usual.equals(other)) {
      difference.sentences.add("something that has no name here differs");
    }
    return List.copyOf(difference.sentences);
  }

  private void schemas(Schema usual, Schema other) {
    value("the server's version", usual.version(), other.version());
    value("the search path", usual.searchPath(), other.searchPath());
    maps(
        "setting ",
        usual.settings(),
        other.settings(),
        (name, mine, theirs) -> value(name, mine, theirs));
    maps("", usual.tables(), other.tables(), this::tables);
    maps("type ", usual.types(), other.types(), (name, mine, theirs) -> value(name, mine, theirs));
    maps(
        "function ",
        usual.functions(),
        other.functions(),
        (name, mine, theirs) -> value(name, mine, theirs));
  }

  private void tables(String name, Table usual, Table other) {
    value(name + ": kind", usual.kind(), other.kind());
    value(name + ": persistence", usual.persistence(), other.persistence());
    value(name + ": size band", usual.size(), other.size());
    parts(
        "column " + name + ".%s",
        byKey(usual.columns(), Column::name),
        byKey(other.columns(), Column::name),
        this::columns);
    value(name + ": order of columns", common(usual, other), common(other, usual));
    parts(
        "index %s on " + name,
        byKey(usual.indexes(), Index::name),
        byKey(other.indexes(), Index::name),
        this::whole);
    parts(
        "constraint %s of " + name,
        byKey(usual.constraints(), Constraint::name),
        byKey(other.constraints(), Constraint::name),
        this::whole);
    dependents(name, usual.dependents(), other.dependents());
    maps(name + ": ", usual.options(), other.options(), this::value);
  }

  private static List<String> common(Table table, Table other) {
    return table.columns().stream()
        .map(Column::name)
        .filter(name -> other.column(name).isPresent())
        .toList();
  }

  private void columns(String name, Column usual, Column other) {
    value(name + ": type", usual.type(), other.type());
    value(name + ": NOT NULL", usual.notNull(), other.notNull());
    value(name + ": default", usual.defaultText(), other.defaultText());
    value(name + ": generation", usual.generation(), other.generation());
    value(name + ": collation", usual.collation(), other.collation());
    maps(name + ": ", usual.attributes(), other.attributes(), this::value);
  }

  private void dependents(String name, Dependents usual, Dependents other) {
    names(name + ": parent", usual.parents(), other.parents());
    names(name + ": partition", usual.partitions(), other.partitions());
    value(name + ": default partition", usual.defaultPartition(), other.defaultPartition());
    names(name + ": foreign key from", usual.referencedBy(), other.referencedBy());
    names(name + ": view", usual.views(), other.views());
    names(name + ": trigger", usual.triggers(), other.triggers());
    names(name + ": rule", usual.rules(), other.rules());
    names(name + ": row policy", usual.policies(), other.policies());
    value(name + ": row level security", usual.rowSecurity(), other.rowSecurity());
  }

  private interface Compare<V> {
    void accept(String name, V usual, V other);
  }

  private <K extends Comparable<K>, V> void maps(
      String what, Map<K, V> usual, Map<K, V> other, Compare<V> compare) {
    parts(what + "%s", usual, other, compare);
  }

  private <K extends Comparable<K>, V> void parts(
      String form, Map<K, V> usual, Map<K, V> other, Compare<V> compare) {
    var keys = new TreeSet<K>(usual.keySet());
    keys.addAll(other.keySet());
    for (var key : keys) {
      var name = form.formatted(key);
      var mine = usual.get(key);
      var theirs = other.get(key);
      if (mine == null) {
        sentences.add(name + " is extra");
      } else if (theirs == null) {
        sentences.add(name + " is missing");
      } else if (!mine.equals(theirs)) {
        var before = sentences.size();
        compare.accept(name, mine, theirs);
        if (sentences.size() == before) {
          sentences.add(name + " differs");
        }
      }
    }
  }

  private void names(String what, Collection<?> usual, Collection<?> other) {
    for (var name : other) {
      if (!usual.contains(name)) {
        sentences.add(what + " " + name + " is extra");
      }
    }
    for (var name : usual) {
      if (!other.contains(name)) {
        sentences.add(what + " " + name + " is missing");
      }
    }
  }

  private void whole(String name, Object usual, Object other) {
    sentences.add(name + " is otherwise defined");
  }

  private void value(String what, @Nullable Object usual, @Nullable Object other) {
    if (!Objects.equals(usual, other)) {
      sentences.add("%s is %s, elsewhere %s".formatted(what, shown(other), shown(usual)));
    }
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "none" : value.toString();
  }

  private static <V> Map<String, V> byKey(List<V> values, Function<V, String> key) {
    var map = new LinkedHashMap<String, V>();
    for (var value : values) {
      map.put(key.apply(value), value);
    }
    return map;
  }
}
