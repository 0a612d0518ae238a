// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.targets.postgresql.wire.ObjectIds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The selects that ask for what a [Catalogue] was asked in vain: names of what others refer to,
/// and what few tables have. Most databases need none or few of them.
record Naming(CatalogueRows rows) {
  List<Question> questions() {
    var catalogue = rows.catalogue();
    var asked = new ArrayList<Question>();
    add(
        asked,
        catalogue.relations,
        "SELECT oid, relname, relnamespace, relkind, relam FROM pg_class WHERE oid = ANY (?)",
        rows::relationName);
    add(
        asked,
        catalogue.attributes,
        Description.ATTRIBUTES.replace("{relations}", "?"),
        rows::attribute);
    add(asked, catalogue.types, Description.TYPES + "WHERE oid = ANY (?)", rows::type);
    add(
        asked,
        catalogue.labels,
        """
        SELECT oid, enumtypid, enumlabel FROM pg_enum
          WHERE enumtypid = ANY (?) ORDER BY enumtypid, enumsortorder
        """,
        rows::label);
    add(
        asked,
        catalogue.domainConstraints,
        "SELECT contypid FROM pg_constraint WHERE contypid = ANY (?)",
        rows::domainConstraint);
    addOfTables(asked);
    addOfExpressions(asked);
    return asked;
  }

  private void addOfTables(List<Question> asked) {
    var catalogue = rows.catalogue();
    add(
        asked,
        catalogue.triggers,
        "SELECT tgrelid, tgname FROM pg_trigger WHERE tgrelid = ANY (?) AND NOT tgisinternal",
        rows::trigger);
    add(
        asked,
        catalogue.policies,
        "SELECT polrelid, polname FROM pg_policy WHERE polrelid = ANY (?)",
        rows::policy);
    add(
        asked,
        catalogue.defaultPartitions,
        "SELECT partrelid, partdefid FROM pg_partitioned_table WHERE partrelid = ANY (?)",
        rows::defaultPartition);
    add(
        asked,
        catalogue.accessMethods,
        "SELECT oid, amname FROM pg_am WHERE oid = ANY (?)",
        rows::accessMethod);
  }

  private void addOfExpressions(List<Question> asked) {
    var catalogue = rows.catalogue();
    add(
        asked,
        catalogue.functions,
        "SELECT oid, proname, pronamespace FROM pg_proc WHERE oid = ANY (?)",
        rows::function);
    add(
        asked,
        catalogue.operators,
        "SELECT oid, oprname, oprnamespace, oprleft, oprright FROM pg_operator WHERE oid = ANY (?)",
        rows::operator);
    add(
        asked,
        catalogue.operatorClasses,
        "SELECT oid, opcname, opcnamespace FROM pg_opclass WHERE oid = ANY (?)",
        rows::operatorClass);
    add(
        asked,
        catalogue.collations,
        "SELECT oid, collname, collnamespace FROM pg_collation WHERE oid = ANY (?)",
        rows::collation);
  }

  private static void add(
      List<Question> asked, Known<?> known, String select, Consumer<Row> answer) {
    if (!known.isComplete()) {
      asked.add(new Question(select, answer, new ObjectIds(known.takeWanted())));
    }
  }
}
