// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.targets.postgresql.Foresight.Hint;
import dev.plancheck.targets.postgresql.wire.ObjectIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The selects that ask for everything about some relations: columns, defaults, constraints,
/// indexes, inheritance, and who depends on them.
///
/// Each reads one table by one index, because planning joins is what costs in a session that has
/// just begun. What is rare (triggers, policies, ...) is only noticed here and left to [Naming].
///
/// Object ids of classes are fixed in every version: 1259 pg_class, 2606 pg_constraint, 2618
/// pg_rewrite, 2620 pg_trigger, 3256 pg_policy.
record Description(CatalogueRows rows, int version, boolean sizes) {
  private static final String RELATIONS =
      """
      SELECT oid, relname, relnamespace, relkind, relam, relpersistence, relrowsecurity, relpages,
          reltuples, relhassubclass OR relispartition, {sizes}
        FROM pg_class WHERE oid = ANY ({relations})
      """;

  /// Asking for a size waits for whoever holds the table exclusively.
  private static final String SIZES =
      """
      CASE WHEN relkind IN ('r', 'm') THEN pg_relation_size(oid) END,
      CASE WHEN relkind IN ('r', 'm') THEN pg_total_relation_size(oid) END
      """;

  private static final String SIZES_OF_SOME =
      """
      CASE WHEN relkind IN ('r', 'm') AND oid = ANY (?) THEN pg_relation_size(oid) END,
      CASE WHEN relkind IN ('r', 'm') AND oid = ANY (?) THEN pg_total_relation_size(oid) END
      """;

  /// Indexes, children, and sequences.
  private static final String NEAR =
      """
      SELECT oid, relname, relnamespace, relkind, relam
        FROM pg_class WHERE oid = ANY (ARRAY(
          SELECT indexrelid FROM pg_index WHERE indrelid = ANY ({relations})
          UNION ALL
          SELECT objid FROM pg_depend
            WHERE refclassid = 1259 AND classid = 1259 AND refobjid = ANY ({relations})))
      """;

  static final String ATTRIBUTES =
      """
      SELECT attrelid, attnum, attname, atttypid, atttypmod, attnotnull, attidentity, attgenerated,
          attcollation
        FROM pg_attribute
        WHERE attrelid = ANY ({relations}) AND attnum > 0 AND NOT attisdropped
      """;

  private static final String DEFAULTS =
      "SELECT adrelid, adnum, adbin FROM pg_attrdef WHERE adrelid = ANY ({relations})";

  private static final String CONSTRAINTS =
      """
      SELECT oid, conname, contype, convalidated{enforced}, conrelid, conkey, confrelid, confkey,
          conbin, concat(condeferrable, condeferred, confupdtype, confdeltype, confmatchtype,
            connoinherit), confupdtype, confdeltype
        FROM pg_constraint WHERE {which}
      """;

  private static final String OWN = "conrelid = ANY ({relations})";

  /// Foreign keys that lead to the relations, and what is found already.
  private static final String OF_OTHERS =
      """
      oid = ANY (ARRAY(SELECT objid FROM pg_depend
        WHERE refclassid = 1259 AND classid = 2606 AND refobjid = ANY ({relations})))
      """;

  private static final String INDEXES =
      """
      SELECT indexrelid, indrelid, indisunique, indisprimary, indisvalid AND indislive, indnkeyatts,
          indkey, indoption, indclass, indcollation, indexprs, indpred, indisreplident,
          {nullsNotDistinct}
        FROM pg_index WHERE indrelid = ANY ({relations})
      """;

  private static final String INHERITANCE =
      """
      SELECT inhrelid, inhparent FROM pg_inherits WHERE inhparent = ANY ({relations})
      UNION ALL
      SELECT inhrelid, inhparent FROM pg_inherits WHERE inhrelid = ANY ({relations})
      """;

  private static final String DEPENDENTS =
      """
      SELECT DISTINCT classid, CASE classid WHEN 2618 THEN objid ELSE 0 END, refobjid
        FROM pg_depend
        WHERE refclassid = 1259 AND classid IN (2618, 2620, 3256) AND refobjid = ANY ({relations})
      """;

  private static final String RULES =
      """
      SELECT oid, ev_class, rulename FROM pg_rewrite WHERE oid = ANY (ARRAY(
        SELECT objid FROM pg_depend
          WHERE refclassid = 1259 AND classid = 2618 AND refobjid = ANY ({relations})))
      """;

  static final String TYPES =
      """
      SELECT oid, typname, typnamespace, typtype, typcategory, typelem, typbasetype, typtypmod,
          typnotnull, typdefault IS NOT NULL, typcollation
        FROM pg_type
      """;

  private static final String COLUMN_TYPES =
      TYPES
          + """
          WHERE oid = ANY (ARRAY(
            SELECT atttypid FROM pg_attribute WHERE attrelid = ANY ({relations})))
          """;

  /// What [#of] leads on to beyond columns, in one select; the objects themselves are known by a
  /// hint. Every constraint depends on its table.
  private static final String LEADS =
      """
      SELECT classid, objid, refobjid FROM pg_depend
        WHERE refclassid = 1259 AND classid IN (2606, 2618, 2620, 3256) AND refobjid = ANY (?)
      """;

  /// Goes on from [#LEADS], in place of [#INHERITANCE]: every child depends on its parents.
  private static final String PARENTS =
      """
      UNION ALL
      SELECT classid, objid, refobjid FROM pg_depend
        WHERE classid = 1259 AND objid = ANY (?) AND refclassid = 1259 AND deptype = 'n'
      """;

  /// Of relations whose surroundings are known by a hint: the object ids of what was else found by
  /// looking. `names` are relations of which the name is enough, `columns` those of which the
  /// columns are; `lead` takes what depends on the relations: class, object, relation.
  List<Question> of(Hint hint, Set<Long> names, Set<Long> columns, Consumer<Row> lead) {
    var described = hint.relations();
    var asked = new ArrayList<Question>();
    var values = new ArrayList<Object>();
    if (sizes) {
      values.add(new ObjectIds(described));
      values.add(new ObjectIds(described));
    }
    values.add(ids(described, names));
    asked.add(
        new Question(
            RELATIONS
                .replace("{sizes}", sizes ? SIZES_OF_SOME : "NULL, NULL")
                .replace("{relations}", "?"),
            row -> relation(row, described),
            values));
    asked.add(
        new Question(
            ATTRIBUTES.replace("{relations}", "?"), rows::attribute, ids(described, columns)));
    var oids = new ObjectIds(described);
    asked.add(new Question(DEFAULTS, rows::columnDefault).about("?", oids));
    if (!hint.constraints().isEmpty()) {
      asked.add(
          new Question(
              constraints("oid = ANY (?)"), rows::constraint, new ObjectIds(hint.constraints())));
    }
    asked.add(new Question(indexes(), rows::index).about("?", oids));
    if (hint.families()) {
      asked.add(new Question(INHERITANCE, rows::inheritance).about("?", oids));
      asked.add(new Question(LEADS, lead, oids));
    } else {
      asked.add(new Question(LEADS + PARENTS, lead, oids, oids));
    }
    if (!hint.rules().isEmpty()) {
      asked.add(
          new Question(
              "SELECT oid, ev_class, rulename FROM pg_rewrite WHERE oid = ANY (?)",
              rows::rule,
              new ObjectIds(hint.rules())));
    }
    return asked;
  }

  private void relation(Row row, Set<Long> described) {
    if (described.contains(row.oid(0))) {
      rows.relation(row);
    } else {
      rows.relationName(row);
    }
  }

  private static ObjectIds ids(Set<Long> some, Set<Long> more) {
    var all = new TreeSet<>(some);
    all.addAll(more);
    return new ObjectIds(all);
  }

  /// Of relations known by object id.
  List<Question> of(Set<Long> relations) {
    return questions("?", new ObjectIds(relations));
  }

  /// Of those that an expression yields, which is an array of object ids on the server.
  List<Question> ofThose(String expression) {
    return questions(expression, new ObjectIds(Set.of()));
  }

  private List<Question> questions(String relations, ObjectIds oids) {
    return List.of(
            new Question(
                RELATIONS.replace("{sizes}", sizes ? SIZES : "NULL, NULL"), rows::relation),
            new Question(NEAR, rows::relationName),
            new Question(ATTRIBUTES, rows::attribute),
            new Question(DEFAULTS, rows::columnDefault),
            new Question(constraints(OWN), rows::constraint),
            new Question(constraints(OF_OTHERS), rows::constraint),
            new Question(indexes(), rows::index),
            new Question(INHERITANCE, rows::inheritance),
            new Question(DEPENDENTS, rows::dependent),
            new Question(RULES, rows::rule),
            new Question(COLUMN_TYPES, rows::type))
        .stream()
        .map(question -> question.about(relations, oids))
        .toList();
  }

  private String indexes() {
    return INDEXES.replace("{nullsNotDistinct}", version >= 15 ? "indnullsnotdistinct" : "false");
  }

  private String constraints(String which) {
    return CONSTRAINTS
        .replace("{enforced}", version >= 18 ? " AND conenforced" : "")
        .replace("{which}", which);
  }
}
