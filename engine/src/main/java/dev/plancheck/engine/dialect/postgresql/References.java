// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.After_opsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alias_clauseContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.From_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_varContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Into_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_stmt_no_parensContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.With_clauseContext;

/// Collects what parts of a statement mention: tables, functions, columns, and the data-modifying
/// common table expressions among them. Walks without recursion, since a chain of a thousand ORs is
/// a tree a thousand deep.
final class References {
  private final Origin origin;
  private final Set<ObjectName> tables = new LinkedHashSet<>();
  private final Set<ObjectName> functions = new LinkedHashSet<>();
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<Statement> writes = new ArrayList<>();
  private final Deque<Visit> open = new ArrayDeque<>();
  private boolean holdsQuery;
  private boolean locks;

  /// A node to look at; `names` are the common table expressions visible there.
  private record Visit(ParseTree node, Set<String> names, boolean inQuery) {}

  References(Origin origin) {
    this.origin = origin;
  }

  static References of(Origin origin, @Nullable ParseTree node) {
    return new References(origin).add(node, Set.of());
  }

  Query query() {
    return new Query(List.copyOf(tables), List.copyOf(functions), writes);
  }

  List<ObjectName> functions() {
    return List.copyOf(functions);
  }

  /// Those named outside of subqueries.
  List<String> columns() {
    return List.copyOf(columns);
  }

  boolean holdsQuery() {
    return holdsQuery;
  }

  /// True if a FOR UPDATE or one of its kin was met.
  boolean locks() {
    return locks;
  }

  References add(@Nullable ParseTree node, Set<String> names) {
    if (node != null) {
      open.push(new Visit(node, names, false));
      while (!open.isEmpty()) {
        visit(open.pop());
      }
    }
    return this;
  }

  References addAll(List<? extends ParseTree> nodes, Set<String> names) {
    nodes.forEach(node -> add(node, names));
    return this;
  }

  References addFunctions(List<ObjectName> called) {
    functions.addAll(called);
    return this;
  }

  /// Adds what a WITH clause mentions and returns the names visible behind it.
  Set<String> with(@Nullable With_clauseContext clause, Set<String> names) {
    if (clause == null) {
      return names;
    }
    var bodies = new ArrayList<Visit>();
    var visible = withBodies(clause, names, bodies);
    bodies.forEach(body -> {
      open.push(body);
      while (!open.isEmpty()) {
        visit(open.pop());
      }
    });
    return visible;
  }

  /// A query of a WITH sees those before it; after RECURSIVE it sees all of them.
  private Set<String> withBodies(With_clauseContext clause, Set<String> names, List<Visit> bodies) {
    var all = new HashSet<>(names);
    clause.with_query().forEach(query -> all.add(Names.of(origin, query.query_name)));
    var visible = clause.RECURSIVE() == null ? new HashSet<>(names) : all;
    for (var query : clause.with_query()) {
      bodies.add(new Visit(query.data_statement(), Set.copyOf(visible), true));
      visible.add(Names.of(origin, query.query_name));
    }
    return all;
  }

  private void visit(Visit visit) {
    switch (visit.node()) {
      case Select_stmtContext select -> select(visit, select, select.with_clause());
      case Select_stmt_no_parensContext select -> select(visit, select, select.with_clause());
      case Data_statementContext data when data.select_stmt() == null ->
          writes.add(Dml.write(origin, data, visit.names()));
      case From_primaryContext from when from.schema_qualified_name() != null -> {
        table(from.schema_qualified_name(), visit.names());
        children(visit, visit.node(), visit.names());
      }
      case Select_primaryContext select when select.schema_qualified_name() != null ->
          table(select.schema_qualified_name(), visit.names());
      case Function_callContext call -> {
        functions.addAll(Calls.functions(origin, call));
        children(visit, call, visit.names());
      }
      case Indirection_varContext variable -> {
        if (!visit.inQuery()) {
          var column = Expressions.column(origin, variable);
          if (column != null) {
            columns.add(column);
          }
        }
        children(visit, variable, visit.names());
      }
      case VexContext expression when expression.AT() != null -> {
        functions.add(ObjectName.of("timezone"));
        children(visit, expression, visit.names());
      }
      case After_opsContext operation -> {
        locks |= operation.FOR() != null;
        children(visit, operation, visit.names());
      }
      case Data_typeContext _, Alias_clauseContext _, Into_tableContext _ -> {}
      default -> children(visit, visit.node(), visit.names());
    }
  }

  private void select(Visit visit, ParserRuleContext select, @Nullable With_clauseContext clause) {
    holdsQuery = true;
    var inside = new Visit(visit.node(), visit.names(), true);
    if (clause == null) {
      children(inside, select, visit.names());
      return;
    }
    var parts = new ArrayList<Visit>();
    var names = Set.copyOf(withBodies(clause, visit.names(), parts));
    for (var child : select.children) {
      if (!(child instanceof With_clauseContext)) {
        parts.add(new Visit(child, names, true));
      }
    }
    parts.reversed().forEach(open::push);
  }

  private void children(Visit visit, ParseTree node, Set<String> names) {
    for (var at = node.getChildCount() - 1; at >= 0; at--) {
      if (node.getChild(at) instanceof ParserRuleContext child) {
        open.push(new Visit(child, names, visit.inQuery()));
      }
    }
  }

  private void table(Schema_qualified_nameContext name, Set<String> names) {
    var table = Names.object(origin, name);
    if (table.schema() != null || !names.contains(table.name())) {
      tables.add(table);
    }
  }
}
