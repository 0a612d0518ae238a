// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import java.util.List;
import java.util.stream.Collectors;

/// The two messages to the catalogue, made of selects from one table each.
///
/// Sets of object ids that later selects of a message need are kept in settings of the transaction:
/// so one message builds on what it found itself, without joins. `plancheck.relations` are those to
/// describe, `plancheck.near` those of which the name is enough. From the third statement on the
/// search path is `pg_catalog` alone, so that no operator or function of a user comes first.
final class CatalogueQueries {
  /// More relations than these are not read for one script.
  static final int MOST_RELATIONS = 10_000;

  /// The settings that change what a script does, as [#first] returns them behind the facts of the
  /// session. Those that a server does not know yet are null.
  static final List<String> SETTINGS =
      List.of(
          "lock_timeout",
          "statement_timeout",
          "transaction_timeout",
          "idle_in_transaction_session_timeout",
          "default_transaction_isolation",
          "default_transaction_read_only",
          "default_transaction_deferrable",
          "default_table_access_method",
          "default_tablespace",
          "row_security",
          "session_replication_role",
          "standard_conforming_strings",
          "check_function_bodies",
          "server_encoding",
          "is_superuser",
          "block_size");

  private static final String BEGIN =
      """
      BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
      SELECT pg_catalog.set_config(
          'plancheck.path', pg_catalog.current_schemas(false)::pg_catalog.text, true),
        pg_catalog.current_schemas(false), pg_catalog.pg_is_in_recovery(), {settings};
      SELECT pg_catalog.set_config('search_path', 'pg_catalog', true),
        pg_catalog.set_config('statement_timeout', ?, true),
        pg_catalog.set_config('lock_timeout', ?, true);
      SELECT setconfig, setdatabase <> 0, setrole <> 0 FROM pg_db_role_setting
        WHERE setdatabase = ANY (ARRAY(
            SELECT 0::oid UNION ALL SELECT oid FROM pg_database WHERE datname = current_database()))
          AND setrole = ANY (ARRAY(
            SELECT 0::oid UNION ALL SELECT oid FROM pg_roles WHERE rolname = session_user));
      SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast)';
      SELECT oid, amname FROM pg_am WHERE amtype = 'i';
      SELECT set_config('plancheck.schemas', ARRAY(
          SELECT oid FROM pg_namespace
          WHERE nspname = ANY (current_setting('plancheck.path')::name[])
            OR nspname = ANY (array_replace(?::name[], '$user'::name, current_user))
        )::text, true);
      SELECT set_config('plancheck.named', ARRAY(
          SELECT oid FROM pg_class
          WHERE relname = ANY (?::name[])
            AND relnamespace = ANY (current_setting('plancheck.schemas')::oid[])
        )::text, true);
      SELECT set_config('plancheck.types', ARRAY(
          SELECT oid FROM pg_type
          WHERE typname = ANY (?::name[])
            AND typnamespace = ANY (current_setting('plancheck.schemas')::oid[])
        )::text, true);
      SELECT pronamespace, proname, provolatile FROM pg_proc
        WHERE proname = ANY (?::name[]) AND oid >= 16384
          AND pronamespace = ANY (current_setting('plancheck.schemas')::oid[]);
      """;

  /// What the script names: relations, the tables of indexes, the tables that use a domain.
  private static final String NAMED =
      """
      SELECT oid FROM pg_class
        WHERE oid = ANY (current_setting('plancheck.named')::oid[])
          AND relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
      UNION
      SELECT indrelid FROM pg_index
        WHERE indexrelid = ANY (current_setting('plancheck.named')::oid[])
      UNION
      SELECT objid FROM pg_depend
        WHERE refclassid = 1247 AND classid = 1259 AND refobjid = ANY (ARRAY(
          SELECT oid FROM pg_type
          WHERE oid = ANY (current_setting('plancheck.types')::oid[]) AND typtype = 'd'))
      """;

  /// All that users made, what the script names first.
  private static final String EVERYTHING =
      """
      (SELECT oid FROM pg_class
        WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
          AND (oid = ANY (current_setting('plancheck.named')::oid[])
            OR relnamespace = ANY (ARRAY(
              SELECT oid FROM pg_namespace
              WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')))
        ORDER BY oid = ANY (current_setting('plancheck.named')::oid[]) DESC, oid LIMIT %d)
      """
          .formatted(MOST_RELATIONS);

  /// Children of the reached tables, views on the reached views, and so on.
  private static final String REACHED =
      """
      WITH RECURSIVE children (oid) AS (
          SELECT unnest(?::oid[])
          UNION
          SELECT inhrelid FROM children, pg_inherits WHERE inhparent = children.oid),
        views (oid) AS (
          SELECT unnest(?::oid[])
          UNION
          SELECT ev_class FROM views, pg_depend, pg_rewrite
          WHERE refclassid = 1259 AND refobjid = views.oid AND classid = 2618
            AND pg_rewrite.oid = objid)
      SELECT oid FROM children UNION SELECT oid FROM views UNION SELECT unnest(?::oid[])
      EXCEPT SELECT unnest(current_setting('plancheck.relations')::oid[])
      """;

  /// Describes `plancheck.relations`. 1247 is pg_type, 1255 pg_proc, 1259 pg_class, 2604
  /// pg_attrdef, 2606 pg_constraint, 2618 pg_rewrite: fixed in every version.
  private static final String DESCRIPTION =
      """
      SELECT set_config('plancheck.relations', ARRAY({relations})::text, true);
      SELECT set_config('plancheck.used', ARRAY(
          SELECT refobjid FROM pg_depend WHERE classid = 2604 AND objid = ANY (ARRAY(
            SELECT oid FROM pg_attrdef
            WHERE adrelid = ANY (current_setting('plancheck.relations')::oid[])))
          UNION
          SELECT refobjid FROM pg_depend WHERE classid = 2606 AND objid = ANY (ARRAY(
            SELECT oid FROM pg_constraint
            WHERE conrelid = ANY (current_setting('plancheck.relations')::oid[])
              AND contype = 'c'))
          UNION
          SELECT refobjid FROM pg_depend WHERE classid = 1259 AND objid = ANY (ARRAY(
            SELECT indexrelid FROM pg_index
            WHERE indrelid = ANY (current_setting('plancheck.relations')::oid[])))
        )::text, true);
      SELECT set_config('plancheck.types', ARRAY(
          WITH RECURSIVE used (oid) AS (
            SELECT unnest(current_setting('plancheck.types')::oid[]
              || current_setting('plancheck.used')::oid[] || ARRAY(
                SELECT atttypid FROM pg_attribute
                WHERE attrelid = ANY (current_setting('plancheck.relations')::oid[])))
            UNION
            SELECT unnest(ARRAY[typelem, typbasetype]) FROM used, pg_type
              WHERE pg_type.oid = used.oid)
          SELECT oid FROM used)::text, true);
      SELECT set_config('plancheck.near', ARRAY(
          SELECT indexrelid FROM pg_index
            WHERE indrelid = ANY (current_setting('plancheck.relations')::oid[])
          UNION
          SELECT objid FROM pg_depend
            WHERE refclassid = 1259 AND classid = 1259
              AND refobjid = ANY (current_setting('plancheck.relations')::oid[])
          UNION
          SELECT unnest(ARRAY[conrelid, confrelid]) FROM pg_constraint
            WHERE contype = 'f'
              AND (conrelid = ANY (current_setting('plancheck.relations')::oid[])
                OR oid = ANY (ARRAY(SELECT objid FROM pg_depend
                  WHERE refclassid = 1259 AND classid = 2606
                    AND refobjid = ANY (current_setting('plancheck.relations')::oid[]))))
          UNION
          SELECT unnest(ARRAY[inhparent, inhrelid]) FROM pg_inherits
            WHERE inhparent = ANY (current_setting('plancheck.relations')::oid[])
              OR inhrelid = ANY (current_setting('plancheck.relations')::oid[])
          UNION
          SELECT ev_class FROM pg_rewrite
            WHERE oid = ANY (ARRAY(SELECT objid FROM pg_depend
              WHERE refclassid = 1259 AND classid = 2618
                AND refobjid = ANY (current_setting('plancheck.relations')::oid[])))
        )::text, true);
      SELECT oid, relname, relnamespace, relkind, relpersistence, relam, relrowsecurity,
          oid = ANY (current_setting('plancheck.relations')::oid[]), relpages, reltuples, {sizes}
        FROM pg_class
        WHERE oid = ANY (current_setting('plancheck.relations')::oid[])
          OR oid = ANY (current_setting('plancheck.near')::oid[])
          OR oid = ANY (current_setting('plancheck.used')::oid[]);
      SELECT attrelid, attnum, attname, atttypid, atttypmod, attnotnull, attidentity, attgenerated,
          attcollation
        FROM pg_attribute
        WHERE attrelid = ANY (current_setting('plancheck.relations')::oid[] || ARRAY(
            SELECT confrelid FROM pg_constraint
            WHERE conrelid = ANY (current_setting('plancheck.relations')::oid[])
              AND contype = 'f'))
          AND attnum > 0 AND NOT attisdropped
        ORDER BY attrelid, attnum;
      SELECT adrelid, adnum, adbin FROM pg_attrdef
        WHERE adrelid = ANY (current_setting('plancheck.relations')::oid[]);
      SELECT oid, conname, contype, convalidated{enforced}, conrelid, contypid, conkey, confrelid, confkey,
          conbin, concat(condeferrable, condeferred, confupdtype, confdeltype, confmatchtype,
            connoinherit)
        FROM pg_constraint
        WHERE conrelid = ANY (current_setting('plancheck.relations')::oid[])
          OR oid = ANY (ARRAY(SELECT objid FROM pg_depend
            WHERE refclassid = 1259 AND classid = 2606
              AND refobjid = ANY (current_setting('plancheck.relations')::oid[])))
          OR contypid = ANY (current_setting('plancheck.types')::oid[]);
      SELECT indexrelid, indrelid, indisunique, indisprimary, indisvalid AND indislive, indnkeyatts,
          indkey, indoption, indclass, indcollation, indexprs, indpred, indisreplident, {nullsNotDistinct}
        FROM pg_index
        WHERE indrelid = ANY (current_setting('plancheck.relations')::oid[]);
      SELECT inhrelid, inhparent FROM pg_inherits
        WHERE inhparent = ANY (current_setting('plancheck.relations')::oid[])
          OR inhrelid = ANY (current_setting('plancheck.relations')::oid[]);
      SELECT partrelid, partdefid FROM pg_partitioned_table
        WHERE partrelid = ANY (current_setting('plancheck.relations')::oid[]);
      SELECT tgrelid, tgname FROM pg_trigger
        WHERE tgrelid = ANY (current_setting('plancheck.relations')::oid[]) AND NOT tgisinternal;
      SELECT oid, ev_class, rulename FROM pg_rewrite
        WHERE ev_class = ANY (current_setting('plancheck.relations')::oid[])
          OR oid = ANY (ARRAY(SELECT objid FROM pg_depend
            WHERE refclassid = 1259 AND classid = 2618
              AND refobjid = ANY (current_setting('plancheck.relations')::oid[])));
      SELECT objid, refobjid FROM pg_depend
        WHERE refclassid = 1259 AND classid = 2618
          AND refobjid = ANY (current_setting('plancheck.relations')::oid[]);
      SELECT polrelid, polname FROM pg_policy
        WHERE polrelid = ANY (current_setting('plancheck.relations')::oid[]);
      SELECT oid, typname, typnamespace, typtype, typcategory, typelem, typbasetype, typtypmod,
          typnotnull, typdefault IS NOT NULL, typcollation
        FROM pg_type WHERE oid = ANY (current_setting('plancheck.types')::oid[]);
      SELECT oid, enumtypid, enumlabel FROM pg_enum
        WHERE enumtypid = ANY (current_setting('plancheck.types')::oid[])
        ORDER BY enumtypid, enumsortorder;
      SELECT oid, proname, pronamespace FROM pg_proc
        WHERE oid = ANY (current_setting('plancheck.used')::oid[]);
      SELECT oid, oprname, oprnamespace, oprleft, oprright FROM pg_operator
        WHERE oid = ANY (current_setting('plancheck.used')::oid[]);
      SELECT oid, opcname, opcnamespace FROM pg_opclass
        WHERE oid = ANY (current_setting('plancheck.used')::oid[]);
      SELECT oid, collname, collnamespace FROM pg_collation
        WHERE oid = ANY (current_setting('plancheck.used')::oid[] || ARRAY(
          SELECT attcollation FROM pg_attribute
          WHERE attrelid = ANY (current_setting('plancheck.relations')::oid[])));
      """;

  private static final String SIZES =
      """
      CASE WHEN relkind IN ('r', 'm') AND oid = ANY (current_setting('plancheck.relations')::oid[])
        THEN pg_relation_size(oid) END,
      CASE WHEN relkind IN ('r', 'm') AND oid = ANY (current_setting('plancheck.relations')::oid[])
        THEN pg_total_relation_size(oid) END
      """;

  private CatalogueQueries() {}

  /// Begins the transaction. Values: statement limit, lock limit, schemas that the script writes,
  /// names of relations and indexes, of types, of functions.
  static String first(int version, boolean wholeSchema, boolean sizes) {
    var settings =
        SETTINGS.stream()
            .map("pg_catalog.current_setting('%s', true)"::formatted)
            .collect(Collectors.joining(", "));
    return BEGIN.replace("{settings}", settings)
        + description(wholeSchema ? EVERYTHING : NAMED, version, sizes);
  }

  /// Ends the transaction. Values: tables to describe with their children, views to describe with
  /// the views on them, others to describe; object ids as texts.
  static String second(int version, boolean sizes) {
    return "SELECT set_config('plancheck.types', '{}', true);\n"
        + description(REACHED, version, sizes)
        + "ROLLBACK";
  }

  private static String description(String relations, int version, boolean sizes) {
    return DESCRIPTION
        .replace("{relations}", relations)
        .replace("{sizes}", sizes ? SIZES : "NULL, NULL")
        .replace("{enforced}", version >= 18 ? " AND conenforced" : "")
        .replace("{nullsNotDistinct}", version >= 15 ? "indnullsnotdistinct" : "false");
  }
}
