// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Applies one statement's DDL to a schema, as the server would if the statement succeeds.
///
/// What changes rows, and what is not understood, leaves the schema alone; transactions, settings
/// and the search path are the review's, which calls this. In a known schema a statement about
/// something that does not exist changes nothing.
public final class SchemaWalk {
  private SchemaWalk() {}

  /// The schema after the statement; the same one if nothing that it holds changes.
  public static Schema apply(Schema before, Statement statement) {
    return switch (statement) {
      case Statement.CreateTable create -> Creation.table(before, create);
      case Statement.CreateTableAs create -> Creation.tableAs(before, create);
      case Statement.CreateView create -> Creation.view(before, create);
      case Statement.CreateSequence create -> Creation.sequence(before, create);
      case Statement.CreateIndex create -> Creation.index(before, create);
      case Statement.CreateTrigger create -> Creation.trigger(before, create);
      case Statement.AlterTable alter -> TableAlteration.apply(before, alter);
      case Statement.Drop drop -> Removal.drop(before, drop);
      case Statement.Rename rename -> Removal.rename(before, rename);
      case Statement.RenameTables(var tables) -> renameTables(before, tables);
      case Statement.CreateDomain create -> createDomain(before, create);
      case Statement.AlterDomain(var domain, var action, _) -> alterDomain(before, domain, action);
      case Statement.CreateType(var type, var isEnum, var labels) ->
          before.withType(
              new UserType(
                  before.qualify(type),
                  isEnum ? UserType.Kind.ENUM : UserType.Kind.OTHER,
                  null,
                  false,
                  labels));
      case Statement.AddEnumValue(var type, var label) -> addLabel(before, type, label);
      case Statement.CreateSchema create -> elements(before, create);
      case Statement.Reindex _,
          Statement.Truncate _,
          Statement.RefreshMaterializedView _,
          Statement.Cluster _,
          Statement.Vacuum _,
          Statement.LockTable _,
          Statement.Insert _,
          Statement.Update _,
          Statement.Delete _,
          Statement.Merge _,
          Statement.Select _,
          Statement.Copy _,
          Statement.Transaction _,
          Statement.SetVariable _,
          Statement.SetVariables _,
          Statement.Use _,
          Statement.SetRole _,
          Statement.Explain _,
          Statement.Utility _,
          Statement.NotAnalysed _,
          Statement.Rejected _,
          Statement.Invalid _ ->
          before;
    };
  }

  private static Schema renameTables(Schema before, List<Statement.RenamedTable> tables) {
    var schema = before;
    for (var renamed : tables) {
      var table = schema.table(renamed.from());
      if (table.isPresent()) {
        schema = Links.renamed(schema, table.get().name(), schema.qualify(renamed.to()));
      }
    }
    return schema;
  }

  private static Schema createDomain(Schema before, Statement.CreateDomain create) {
    var base = before.type(create.base().objectName());
    var constrained =
        create.notNull() || create.checked() || base.map(UserType::constrained).orElse(false);
    return before.withType(
        new UserType(
            before.qualify(create.domain()),
            UserType.Kind.DOMAIN,
            TableDraft.resolved(before, create.base()),
            constrained,
            create.hasDefault(),
            List.of()));
  }

  /// A domain that once was constrained is taken to stay so: dropping one constraint of several
  /// does not free it.
  private static Schema alterDomain(Schema before, ObjectName domain, String action) {
    var type = before.type(domain).orElse(null);
    var constrains = action.startsWith("ADD") || action.equals("SET NOT NULL");
    return type == null || !constrains ? before : before.withType(type.withConstrained(true));
  }

  private static Schema addLabel(Schema before, ObjectName name, String label) {
    var type = before.type(name).orElse(null);
    if (type == null || type.labels().contains(label)) {
      return before;
    }
    var labels = new ArrayList<>(type.labels());
    labels.add(label);
    return before.withType(type.withLabels(labels));
  }

  private static Schema elements(Schema before, Statement.CreateSchema create) {
    var schema = before.withSearchPath(List.of(create.schema()));
    for (var element : create.elements()) {
      schema = apply(schema, element);
    }
    return schema.withSearchPath(before.searchPath());
  }
}
