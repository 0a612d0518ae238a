// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides which statements must not be planned, because planning would run code of users: the
/// planner evaluates IMMUTABLE and STABLE functions, and inlines those written in SQL.
///
/// A statement is refused when it may call a function outside pg_catalog by name, and when it
/// touches a relation, operator or type behind which such a function (not in C) or a foreign server
/// may stand: in a view, rule, row policy, default, constraint, index, partition key, cast or
/// operator. It errs on the side of refusing. What users wrote is told by object ids: those up to
/// 16383 are the server's own.
final class CallGuard {
  /// The greatest object id is at the end of an index: where users have made no function at all,
  /// none is looked for. May stand where any search path is in effect.
  static final String NEWEST_FUNCTION =
      "(SELECT oid FROM pg_catalog.pg_proc ORDER BY oid DESC LIMIT 1)";

  /// Whether there are any, in the same way.
  static final String FOREIGN_TABLES = "EXISTS (SELECT FROM pg_catalog.pg_foreign_table)";

  private static final long FIRST_OF_USERS = 16_384;

  /// Values: the words that may be calls. Languages 12 and 13 are internal and C, which only a
  /// superuser can use; 14 is SQL.
  private static final String FUNCTIONS =
      """
      SELECT pg_catalog.set_config('search_path', 'pg_catalog', true);
      SELECT (SELECT nspname FROM pg_namespace WHERE oid = pronamespace), proname FROM pg_proc
        WHERE proname = ANY (?::name[]) AND oid >= 16384;
      SELECT EXISTS (SELECT FROM pg_proc WHERE oid >= 16384
        AND prolang NOT IN (12, 13) AND (provolatile <> 'v' OR prolang = 14))
      """;

  /// All that depends on code of users which planning runs, however far away. An object passes it
  /// on to what uses it, and a rule, default, constraint, policy or index to its table, a partition
  /// to its parent.
  ///
  /// 1247 pg_type, 1255 pg_proc, 1259 pg_class, 2604 pg_attrdef, 2605 pg_cast, 2606 pg_constraint,
  /// 2617 pg_operator, 2618 pg_rewrite, 3256 pg_policy.
  private static final String SPREAD =
      """
      SELECT pg_catalog.set_config('search_path', 'pg_catalog', true);
      SELECT set_config('plancheck.spread', ARRAY(
        WITH RECURSIVE spread (class, object) AS (
          SELECT 1255::oid, oid FROM pg_proc
            WHERE oid >= 16384 AND prolang NOT IN (12, 13) AND (provolatile <> 'v' OR prolang = 14)
          UNION
          SELECT 1259::oid, oid FROM pg_class WHERE relkind = 'f'
          UNION
          SELECT next.classid, next.objid FROM spread, LATERAL (
            SELECT classid, objid FROM pg_depend
              WHERE refclassid = class AND refobjid = object
                AND (class <> 1259 OR classid = 2618 OR (classid = 3256 AND deptype = 'n'))
            UNION ALL
            SELECT refclassid, refobjid FROM pg_depend
              WHERE classid = class AND objid = object
                AND ((refclassid = 1259 AND class IN (1259, 2604, 2606, 2618, 3256)
                    AND (class = 1259 OR deptype IN ('a', 'i')))
                  OR (refclassid = 1247 AND class = 2605))
          ) next)
        SELECT class || ' ' || object FROM spread WHERE class IN (1247, 1259, 2617))::text, true);
      SELECT EXISTS (SELECT FROM pg_cast JOIN pg_proc ON pg_proc.oid = castfunc
          WHERE pg_proc.oid >= 16384 AND prolang NOT IN (12, 13)
            AND castsource < 16384 AND casttarget < 16384);
      SELECT relname FROM pg_class
        WHERE '1259 ' || oid = ANY (current_setting('plancheck.spread')::text[]);
      SELECT typname FROM pg_type
        WHERE '1247 ' || oid = ANY (current_setting('plancheck.spread')::text[]);
      SELECT oprname FROM pg_operator
        WHERE '2617 ' || oid = ANY (current_setting('plancheck.spread')::text[]);
      """;

  private final List<ObjectName> functions = new ArrayList<>();
  private final Set<String> relationsAndTypes = new HashSet<>();
  private final Set<String> operators = new HashSet<>();
  private boolean castsBuiltIns;

  private CallGuard() {}

  /// From the answers to [#NEWEST_FUNCTION] and [#FOREIGN_TABLES], asking more only where users
  /// have made any, and again only where they wrote what planning may run. `called` are the words
  /// that may be calls. Leaves another search path behind.
  static CallGuard read(
      Wire wire, Collection<String> called, long newestFunction, boolean foreignTables)
      throws SQLException {
    var guard = new CallGuard();
    var codeOfUsers = foreignTables;
    if (newestFunction >= FIRST_OF_USERS) {
      var answers = wire.ask(FUNCTIONS, called);
      answers.get(1).forEach(row -> guard.functions.add(ObjectName.of(row.text(0), row.text(1))));
      codeOfUsers |= answers.get(2).getFirst().flag(0);
    }
    if (codeOfUsers) {
      var answers = wire.ask(SPREAD);
      guard.castsBuiltIns = answers.get(2).getFirst().flag(0);
      add(answers.get(3), guard.relationsAndTypes);
      add(answers.get(4), guard.relationsAndTypes);
      add(answers.get(5), guard.operators);
    }
    return guard;
  }

  /// Why the statement must not be planned; empty if it may. `path` are the schemas in which names
  /// are looked up for it.
  Optional<String> refusal(String text, Words words, Collection<String> path) {
    if (words.unclear()) {
      return Optional.of("names in it are written in a way that hides which functions it calls");
    }
    for (var function : functions) {
      if (words.called().contains(function.name()) && isVisible(function, words, path)) {
        return Optional.of(
            "calls %s(): planning could run it, as it is no function of the server's own"
                .formatted(function.name()));
      }
    }
    for (var name : relationsAndTypes) {
      if (words.all().contains(name)) {
        return Optional.of(
            "uses %s: planning could run functions of users that stand behind it, or ask a foreign"
                    .formatted(name)
                + " server");
      }
    }
    if (castsBuiltIns) {
      return Optional.of(
          "users have made casts between built-in types here: planning could run their functions");
    }
    for (var operator : operators) {
      if (text.contains(operator)) {
        return Optional.of(
            "uses the operator %s: planning could run the function behind it".formatted(operator));
      }
    }
    return Optional.empty();
  }

  private static boolean isVisible(ObjectName function, Words words, Collection<String> path) {
    var schema = String.valueOf(function.schema());
    return path.contains(schema) || words.all().contains(schema);
  }

  private static void add(List<Row> rows, Set<String> names) {
    rows.forEach(row -> names.add(row.text(0)));
  }
}
