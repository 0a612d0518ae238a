// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.declarative;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.OwnFinding;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a computed difference drops: one finding for each object.
///
/// An object without data that the same difference makes anew is none: that is how a view gets
/// another column, or a constraint another condition.
public final class Drops {
  /// Nothing is lost with these when they are made anew.
  private static final Set<ObjectKind> MADE_ANEW =
      EnumSet.of(ObjectKind.VIEW, ObjectKind.INDEX, ObjectKind.TRIGGER);

  private record Known(ObjectKind kind, String name) {}

  private final Script script;
  private final Level level;
  private final Set<Known> made = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private Drops(Script script, Level level) {
    this.script = script;
    this.level = level;
  }

  /// In the order of the script, with places in it.
  public static List<Finding> in(Script script, Level level) {
    if (level == Level.OFF) {
      return List.of();
    }
    var drops = new Drops(script, level);
    script.statements().reversed().forEach(drops::look);
    return drops.findings.reversed();
  }

  /// Backwards, so that what is made anew later is known.
  private void look(ScriptStatement statement) {
    switch (statement.statement()) {
      case Statement.CreateView view when !view.materialized() ->
          make(ObjectKind.VIEW, view.view());
      case Statement.CreateIndex index when index.name() != null ->
          made.add(new Known(ObjectKind.INDEX, index.name()));
      case Statement.CreateTrigger(var trigger, var table) ->
          made.add(new Known(ObjectKind.TRIGGER, onTable(trigger, table)));
      case Statement.Drop drop -> drop(statement, drop);
      case Statement.AlterTable alter -> alter(alter);
      case Statement.Utility utility when utility.command().endsWith("DROP ATTRIBUTE") ->
          tell("an attribute of the type %s".formatted(utility.object()), statement.span());
      case Statement _ -> {}
    }
  }

  private void make(ObjectKind kind, ObjectName name) {
    made.add(new Known(kind, name.toString()));
  }

  private void drop(ScriptStatement statement, Statement.Drop drop) {
    for (var name : drop.names().reversed()) {
      if (!isMadeAnew(drop, name)) {
        var on = drop.on();
        tell(
            "the %s %s%s".formatted(drop.kind().words(), name, on == null ? "" : " on " + on),
            statement.span());
      }
    }
  }

  private boolean isMadeAnew(Statement.Drop drop, ObjectName name) {
    var on = drop.on();
    var known =
        switch (drop.kind()) {
          case INDEX -> name.name();
          case TRIGGER -> on == null ? name.toString() : onTable(name.name(), on);
          default -> name.toString();
        };
    return MADE_ANEW.contains(drop.kind()) && made.contains(new Known(drop.kind(), known));
  }

  private static String onTable(String name, ObjectName table) {
    return name + " on " + table;
  }

  private void alter(Statement.AlterTable alter) {
    for (var action : alter.actions().reversed()) {
      var dropped = dropped(alter, action);
      if (dropped != null) {
        tell(dropped, action.span());
      }
    }
  }

  private @Nullable String dropped(Statement.AlterTable alter, TableAction action) {
    return switch (action) {
      case TableAction.DropColumn drop ->
          "the column %s of %s".formatted(drop.column(), alter.table());
      case TableAction.DropConstraint drop ->
          made.contains(new Known(ObjectKind.CONSTRAINT, onTable(drop.constraint(), alter.table())))
              ? null
              : "the constraint %s of %s".formatted(drop.constraint(), alter.table());
      case TableAction.AddConstraint add -> {
        var name = add.constraint().name();
        if (name != null) {
          made.add(new Known(ObjectKind.CONSTRAINT, onTable(name, alter.table())));
        }
        yield null;
      }
      case TableAction.DetachPartition detach ->
          "the partition %s of %s".formatted(detach.partition(), alter.table());
      case TableAction _ -> null;
    };
  }

  private void tell(String what, Span at) {
    var info = OwnFinding.DECLARATIVE_DROP.info();
    findings.add(
        new Finding(
            info.id(),
            level.status(),
            info.title(),
            "The database has %s, and the wanted schema has not: it is dropped.".formatted(what),
            script.source().range(at)));
  }
}
