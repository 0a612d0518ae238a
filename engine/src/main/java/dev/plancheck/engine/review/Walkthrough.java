// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SchemaWalk;
import dev.plancheck.engine.sql.ImplicitCommit;
import dev.plancheck.engine.sql.OutsideTransaction;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goes through a script as a session would: applies its DDL to the schema and its SETs to the
/// session, and takes both back when a transaction or a savepoint is rolled back. In MySQL and
/// MariaDB nothing of that is taken back: DDL commits what is open, and settings are of the
/// session.
///
/// Used once, by one thread; [#of] does it all.
public final class Walkthrough {
  private final Schema target;

  /// Whether DDL and settings belong to a transaction, as in PostgreSQL.
  private final boolean transactional;

  private final boolean single;
  private final List<Step> steps = new ArrayList<>();
  private final Deque<Savepoint> savepoints = new ArrayDeque<>();
  private Schema schema;
  private Settings settings;
  private @Nullable Savepoint begun;

  /// What a rollback goes back to; `name` is empty for the beginning of the transaction.
  private record Savepoint(String name, Schema schema, Settings settings) {}

  /// Every statement with what held before it, and what holds in the end.
  public record Walked(List<Step> steps, Schema after) {
    public Walked {
      steps = List.copyOf(steps);
    }
  }

  private Walkthrough(Script script, Schema target) {
    this.target = target;
    this.schema = target;
    this.settings = Settings.of(target.settings());
    this.transactional = script.version().engine() == Engine.POSTGRESQL;
    this.single =
        transactional && script.statements().stream().allMatch(s -> fitsInTransaction(script, s));
  }

  /// A pure function of both; never throws for any script.
  public static Walked of(Script script, Schema target) {
    var walk = new Walkthrough(script, target);
    for (var statement : script.statements()) {
      walk.step(statement);
    }
    return new Walked(walk.steps, walk.current());
  }

  private static boolean fitsInTransaction(Script script, ScriptStatement statement) {
    return switch (statement.statement()) {
      case Statement.Transaction(var kind, _, _) -> kind == Statement.Transaction.Kind.SET;
      case Statement other -> OutsideTransaction.command(other, script.version()).isEmpty();
    };
  }

  private void step(ScriptStatement statement) {
    var session = new Session(inTransaction(), settings.effective());
    var before = current();
    steps.add(new Step(statement, before, session));
    var nested = new ArrayList<Statement>();
    collectNested(statement.statement(), nested);
    for (var inner : nested) {
      steps.add(new Step(statement.withStatement(inner), before, session));
    }
    if (!transactional && ImplicitCommit.command(statement.statement()).isPresent()) {
      end(false, null);
    }
    switch (statement.statement()) {
      case Statement.Transaction transaction -> transaction(transaction);
      case Statement.SetVariable set -> set(set);
      case Statement.SetVariables(var variables) -> variables.forEach(this::set);
      case Statement.Use(var database) ->
          set(new Statement.SetVariable("search_path", false, List.of(database)));
      case Statement.CreateSchema create -> createSchema(statement, create, session);
      case Statement other -> schema = SchemaWalk.apply(before, other);
    }
  }

  private void set(Statement.SetVariable variable) {
    settings = settings.after(variable, inTransaction());
  }

  /// The objects made inside a CREATE SCHEMA live there, whatever the search path says.
  private void createSchema(
      ScriptStatement statement, Statement.CreateSchema create, Session session) {
    var path = current().searchPath();
    schema = current().withSearchPath(List.of(create.schema()));
    for (var element : create.elements()) {
      steps.add(new Step(statement.withStatement(element), schema, session));
      schema = SchemaWalk.apply(schema, element);
    }
    schema = schema.withSearchPath(path);
  }

  private boolean inTransaction() {
    return single || begun != null;
  }

  /// The schema with the search path that is in force now.
  private Schema current() {
    var path = settings.own("search_path");
    var wanted =
        path == null
            ? target.searchPath()
            : path.stream().filter(name -> !name.isEmpty() && !name.equals("$user")).toList();
    return wanted.equals(schema.searchPath()) ? schema : schema.withSearchPath(wanted);
  }

  private void transaction(Statement.Transaction transaction) {
    switch (transaction.kind()) {
      case BEGIN -> begin();
      case COMMIT -> end(transaction.chain(), null);
      case ROLLBACK -> end(transaction.chain(), begun);
      // The transaction is no longer this session's; what it did is taken as done.
      case TWO_PHASE -> end(false, null);
      case SAVEPOINT -> savepoints.push(here(String.valueOf(transaction.savepoint())));
      case RELEASE -> release(String.valueOf(transaction.savepoint()));
      case ROLLBACK_TO -> rollbackTo(String.valueOf(transaction.savepoint()));
      case SET -> {}
    }
  }

  private Savepoint here(String name) {
    return new Savepoint(name, schema, settings);
  }

  private void begin() {
    if (begun == null) {
      begun = here("");
    }
  }

  private void end(boolean chain, @Nullable Savepoint backTo) {
    if (backTo != null && transactional) {
      schema = backTo.schema();
      settings = backTo.settings();
    }
    settings = settings.afterTransaction();
    savepoints.clear();
    begun = chain ? here("") : null;
  }

  private void release(String name) {
    if (savepoints.stream().anyMatch(savepoint -> savepoint.name().equals(name))) {
      while (!savepoints.pop().name().equals(name)) {
        // Releasing a savepoint releases those made after it.
      }
    }
  }

  private void rollbackTo(String name) {
    if (savepoints.stream().noneMatch(savepoint -> savepoint.name().equals(name))) {
      return;
    }
    while (!savepoints.getFirst().name().equals(name)) {
      savepoints.pop();
    }
    if (transactional) {
      schema = savepoints.getFirst().schema();
      settings = savepoints.getFirst().settings();
    }
  }

  /// What runs inside of another statement: data-modifying common table expressions, and what
  /// EXPLAIN ANALYZE executes.
  private static void collectNested(Statement statement, List<Statement> into) {
    if (statement instanceof Statement.Explain(var analyze, var explained)) {
      if (analyze) {
        into.add(explained);
        collectNested(explained, into);
      }
      return;
    }
    for (var write : queryOf(statement).writes()) {
      into.add(write);
      collectNested(write, into);
    }
  }

  private static Query queryOf(Statement statement) {
    return switch (statement) {
      case Statement.CreateTableAs create -> create.query();
      case Statement.CreateView create -> create.query();
      case Statement.Insert insert -> insert.query();
      case Statement.Update update -> update.query();
      case Statement.Delete delete -> delete.query();
      case Statement.Merge merge -> merge.query();
      case Statement.Select select -> select.query();
      case Statement.Copy copy -> copy.query();
      case Statement _ -> Query.NONE;
    };
  }
}
