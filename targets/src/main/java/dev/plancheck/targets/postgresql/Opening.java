// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.postgresql.wire.Literals;
import dev.plancheck.targets.postgresql.wire.ObjectIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The first questions of a snapshot: what the session is like, and what a script names. Used once.
///
/// Sets of object ids that later selects of the message need are kept in settings of the
/// transaction: so one message builds on what it found itself, without joins. From the second
/// select on the search path is `pg_catalog` alone, so that no operator or function of a user comes
/// first; and few pages are read by plain index scans, whatever statistics a catalogue lacks: other
/// scans may go through other processes since PostgreSQL 18.
final class Opening {
  /// More relations than these are not read for one script.
  static final int MOST_RELATIONS = 10_000;

  static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n";

  /// The settings that change what a script does, in the order of [SessionFacts]. Those that a
  /// server does not know yet are null.
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

  /// Values: statement limit, lock limit. Expressions are evaluated from left to right.
  private static final String FACTS =
      """
      SELECT pg_catalog.current_schemas(false), pg_catalog.pg_is_in_recovery(), {settings},
        pg_catalog.set_config(
          'plancheck.path', pg_catalog.current_schemas(false)::pg_catalog.text, true),
        pg_catalog.set_config('search_path', 'pg_catalog', true),
        pg_catalog.set_config('statement_timeout', ?, true),
        pg_catalog.set_config('lock_timeout', ?, true),
        pg_catalog.set_config('enable_seqscan', 'off', true),
        pg_catalog.set_config('enable_bitmapscan', 'off', true),
        pg_catalog.set_config('jit', 'off', true),
        EXISTS (SELECT FROM pg_catalog.pg_db_role_setting)
      """
          .replace(
              "{settings}",
              SETTINGS.stream()
                  .map("pg_catalog.current_setting('%s', true)"::formatted)
                  .collect(Collectors.joining(", ")));

  /// Where that stands in the row; the settings that are set come between.
  private static final int HAS_ROLE_SETTINGS = 2 + SETTINGS.size() + 7;

  private static final String ROLE_SETTINGS =
      """
      SELECT setconfig, setdatabase <> 0, setrole <> 0 FROM pg_db_role_setting
        WHERE setdatabase = ANY (ARRAY(
            SELECT 0::oid UNION ALL SELECT oid FROM pg_database WHERE datname = current_database()))
          AND setrole = ANY (ARRAY(
            SELECT 0::oid UNION ALL SELECT oid FROM pg_roles WHERE rolname = session_user))
      """;

  private static final String NAMESPACES =
      """
      SELECT oid, nspname, nspname = ANY (
          (SELECT current_setting('plancheck.path')::name[])::name[])
        FROM pg_namespace
      """;

  private static final String SCHEMAS =
      """
      SELECT set_config('plancheck.schemas', ARRAY(
          SELECT oid FROM pg_namespace WHERE nspname = ANY (
            (SELECT current_setting('plancheck.path')::name[])::name[]))::text, true)
      """;

  /// Value: schemas that the script writes.
  private static final String MORE_SCHEMAS =
      """
      SELECT set_config('plancheck.path', (current_setting('plancheck.path')::name[]
          || array_replace(?::name[], '$user'::name, current_user))::text, true)
      """;

  private static final String IN_SCHEMAS =
      "ANY ((SELECT current_setting('plancheck.schemas')::oid[])::oid[])";

  private static final String NAMED_TYPES =
      Description.TYPES + "WHERE typname = ANY (?::name[]) AND typnamespace = {schemas}";

  private static final String NAMED_FUNCTIONS =
      """
      SELECT pronamespace, proname, provolatile FROM pg_proc
        WHERE proname = ANY (?::name[]) AND oid >= 16384 AND pronamespace = {schemas}
      """;

  private static final String NAMED_ONLY =
      """
      SELECT oid FROM pg_class WHERE relname = ANY (?::name[]) AND relnamespace = ANY (?)
      """;

  /// The relations and indexes of some names.
  private static final String NAMED =
      """
      SELECT set_config('plancheck.named', ARRAY(
          SELECT oid FROM pg_class WHERE relname = ANY (?::name[]) AND relnamespace = %s
        )::text, true)
      """
          .formatted(IN_SCHEMAS);

  /// All that users made, and what the script names.
  private static final String EVERYTHING =
      """
      SELECT set_config('plancheck.named', ARRAY(
          SELECT oid FROM pg_class
            WHERE (relname = ANY (?::name[]) AND relnamespace = %s)
              OR (relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND relnamespace = ANY (ARRAY(
                SELECT oid FROM pg_namespace
                  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')))
            ORDER BY relname = ANY (?::name[]) DESC, oid LIMIT %d
        )::text, true)
      """
          .formatted(IN_SCHEMAS, MOST_RELATIONS);

  static final String NAMED_RELATIONS = "(SELECT current_setting('plancheck.named')::oid[])::oid[]";

  /// With the tables of named indexes.
  private static final String WITH_TABLES =
      """
      SELECT set_config('plancheck.named', ARRAY(
          SELECT unnest(%1$s)
          UNION
          SELECT indrelid FROM pg_index WHERE indexrelid = ANY (%1$s))::text, true)
      """
          .formatted(NAMED_RELATIONS);

  /// 1247 is pg_type, 1259 pg_class.
  private static final String USERS_OF_TYPES =
      """
      SELECT objid FROM pg_depend
        WHERE refclassid = 1247 AND classid = 1259 AND refobjid = ANY (?)
      """;

  private final CatalogueRows rows;
  private final Reach reach;
  private final Set<Long> schemas = new TreeSet<>();
  private final Set<Long> named = new TreeSet<>();
  private final Set<Long> namedDomains = new TreeSet<>();
  private final List<Row> roleSettings = new ArrayList<>();
  private boolean hasRoleSettings;
  private @Nullable Row facts;

  Opening(CatalogueRows rows, Reach reach) {
    this.rows = rows;
    this.reach = reach;
  }

  /// What the session is like, and what the script names.
  List<Question> questions(Mentions mentions, Limits limits) {
    var asked = session(mentions, limits);
    asked.add(new Question(SCHEMAS, Opening::nothing));
    addNamed(asked, mentions, IN_SCHEMAS);
    var relations = relations(mentions);
    asked.add(
        mentions.wholeSchema()
            ? new Question(EVERYTHING, this::named, relations, relations)
            : new Question(NAMED, this::named, relations));
    asked.add(new Question(WITH_TABLES, row -> row.oids(0).forEach(reach::addDescribed)));
    return asked;
  }

  /// The same, where the object ids of the schemas are known by a hint: whether they were right is
  /// seen by [#schemas]. What has the names is then in [#named], and nothing follows from it.
  List<Question> questions(Mentions mentions, Limits limits, Set<Long> schemas) {
    var asked = session(mentions, limits);
    var known = new ObjectIds(schemas);
    addNamed(asked, mentions, Literals.fill("ANY (?)", known));
    asked.add(new Question(NAMED_ONLY, row -> named.add(row.oid(0)), relations(mentions), known));
    return asked;
  }

  /// Object ids of the schemas that a name without one may mean.
  Set<Long> schemas() {
    return schemas;
  }

  /// Object ids of all that has a name that the script names.
  Set<Long> named() {
    return named;
  }

  private List<Question> session(Mentions mentions, Limits limits) {
    var asked = new ArrayList<Question>();
    asked.add(
        new Question(
            FACTS,
            this::facts,
            limits.statement().toMillis() + "ms",
            limits.lock().toMillis() + "ms"));
    if (!mentions.schemas().isEmpty()) {
      asked.add(new Question(MORE_SCHEMAS, Opening::nothing, mentions.schemas()));
    }
    asked.add(new Question(NAMESPACES, this::namespace));
    return asked;
  }

  private void addNamed(List<Question> asked, Mentions mentions, String schemas) {
    if (!mentions.types().isEmpty()) {
      asked.add(
          new Question(
              NAMED_TYPES.replace("{schemas}", schemas),
              this::namedType,
              names(mentions.types().stream())));
    }
    if (!mentions.functions().isEmpty()) {
      asked.add(
          new Question(
              NAMED_FUNCTIONS.replace("{schemas}", schemas),
              rows::namedFunction,
              names(mentions.functions().stream())));
    }
  }

  private static Collection<String> relations(Mentions mentions) {
    return names(Stream.concat(mentions.relations().stream(), mentions.indexes().stream()));
  }

  /// What only few sessions and scripts need, each asked once: settings of roles and databases, and
  /// the tables that use a domain which the script names.
  List<Question> furtherQuestions() {
    var asked = new ArrayList<Question>();
    if (hasRoleSettings) {
      hasRoleSettings = false;
      asked.add(new Question(ROLE_SETTINGS, roleSettings::add));
    }
    if (!namedDomains.isEmpty()) {
      asked.add(
          new Question(
              USERS_OF_TYPES, row -> reach.addNamed(row.oid(0)), new ObjectIds(namedDomains)));
      namedDomains.clear();
    }
    return asked;
  }

  SessionFacts facts(EngineVersion version) {
    return SessionFacts.of(version, Objects.requireNonNull(facts), roleSettings);
  }

  private void facts(Row row) {
    facts = row;
    hasRoleSettings = row.flag(HAS_ROLE_SETTINGS);
  }

  private void namespace(Row row) {
    rows.namespace(row);
    if (row.flag(2)) {
      schemas.add(row.oid(0));
    }
  }

  private void named(Row row) {
    named.addAll(row.oids(0));
  }

  private void namedType(Row row) {
    rows.type(row);
    if (row.letter(3) == 'd') {
      namedDomains.add(row.oid(0));
    }
  }

  private static void nothing(Row row) {}

  private static Collection<String> names(Stream<ObjectName> objects) {
    return objects.map(ObjectName::name).collect(Collectors.toCollection(TreeSet::new));
  }
}
