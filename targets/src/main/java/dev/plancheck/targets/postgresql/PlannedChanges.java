// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.plancheck.checks.target.RowEstimate.TableRows;
import dev.plancheck.engine.sql.ObjectName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What EXPLAIN (FORMAT JSON, VERBOSE) says of the rows that a statement would change: one change
/// for each ModifyTable of the plan.
///
/// Its own row count says nothing (0 since PostgreSQL 14): its rows are those of its Outer child,
/// or before 14 of its Member children. InitPlan and SubPlan children feed expressions and count
/// only for the ModifyTables in them.
record PlannedChanges(List<Change> changes) {
  private static final Set<String> COUNTED = Set.of("Outer", "Member");

  /// `operation` is Insert, Update, Delete or Merge.
  record Change(ObjectName table, String operation, long rows) {}

  static PlannedChanges parse(String json) {
    var changes = new ArrayList<Change>();
    for (var statement : JsonParser.parseString(json).getAsJsonArray()) {
      var plan = statement.isJsonObject() ? statement.getAsJsonObject().get("Plan") : null;
      if (plan != null) {
        collect(plan.getAsJsonObject(), changes);
      }
    }
    return new PlannedChanges(List.copyOf(changes));
  }

  /// Each table once, sorted.
  List<TableRows> totals() {
    var totals = new TreeMap<ObjectName, Long>();
    changes.forEach(change -> totals.merge(change.table(), change.rows(), Math::addExact));
    return totals.entrySet().stream()
        .map(total -> new TableRows(total.getKey(), total.getValue()))
        .toList();
  }

  Set<ObjectName> tables() {
    var tables = new TreeSet<ObjectName>();
    changes.forEach(change -> tables.add(change.table()));
    return tables;
  }

  private static void collect(JsonObject node, List<Change> changes) {
    var children = node.get("Plans") == null ? null : node.getAsJsonArray("Plans");
    if (text(node, "Node Type").equals("ModifyTable")) {
      var rows = 0L;
      if (children != null) {
        for (var child : children) {
          rows = Math.addExact(rows, rowsToChange(child.getAsJsonObject()));
        }
      }
      changes.add(
          new Change(
              ObjectName.of(text(node, "Schema"), text(node, "Relation Name")),
              text(node, "Operation"),
              rows));
    }
    if (children != null) {
      children.forEach(child -> collect(child.getAsJsonObject(), changes));
    }
  }

  private static long rowsToChange(JsonObject child) {
    return COUNTED.contains(text(child, "Parent Relationship"))
        ? new BigDecimal(text(child, "Plan Rows")).min(BigDecimal.valueOf(1L << 53)).longValue()
        : 0;
  }

  private static String text(JsonObject node, String name) {
    JsonElement value = node.get(name);
    if (value == null) {
      throw new IllegalStateException("a plan without \"%s\" in %s".formatted(name, node.keySet()));
    }
    return value.getAsString();
  }
}
