// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a snapshot holds, on every version: equal for databases that look alike, different as soon
/// as anything that the script can reach differs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SnapshotContract {
  /// One of each kind of object; a change is made to one of them at a time.
  private static final String TEMPLATE =
      """
      CREATE TYPE mood AS ENUM ('good', 'bad');
      CREATE DOMAIN positive AS int CHECK (VALUE > 0);
      CREATE DOMAIN label AS text;
      CREATE FUNCTION next_code() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 7';
      CREATE FUNCTION other_code() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 8';
      CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
      CREATE SEQUENCE shared;
      CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL);
      CREATE TABLE orders (
        id serial PRIMARY KEY,
        customer int CONSTRAINT orders_customer_fkey REFERENCES customer,
        total numeric(10,2) DEFAULT 0,
        code int DEFAULT next_code(),
        ticket bigint DEFAULT nextval('shared'),
        status mood NOT NULL DEFAULT 'good',
        moods mood[] DEFAULT '{good,bad}',
        amount positive,
        note varchar(40) COLLATE "C",
        title label,
        placed timestamptz DEFAULT now(),
        CONSTRAINT total_check CHECK (total >= 0 AND status <> 'bad'));
      ALTER TABLE orders ADD CONSTRAINT note_check CHECK (note IS NOT NULL) NOT VALID;
      CREATE INDEX orders_note ON orders (note);
      CREATE INDEX orders_lower ON orders (lower(note)) WHERE total > 5;
      CREATE TABLE item (id int PRIMARY KEY, orders int REFERENCES orders);
      CREATE TABLE measured (id int, day date NOT NULL) PARTITION BY RANGE (day);
      CREATE TABLE measured_2025 PARTITION OF measured
        FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE measured_old (id int, day date NOT NULL);
      CREATE VIEW big AS SELECT id FROM orders WHERE id > 100;
      CREATE VIEW bigger AS SELECT * FROM big WHERE id > 1000;
      CREATE SCHEMA app;
      CREATE TABLE elsewhere (id int);
      """;

  private static final String SCRIPT =
      """
      ALTER TABLE orders ADD COLUMN extra positive;
      CREATE INDEX orders_extra ON orders (extra);
      CREATE TABLE planned (id int, state mood);
      ALTER TABLE measured ADD COLUMN extra int;
      UPDATE orders SET code = next_code();
      """;

  /// The same without the name of a domain, after which nothing is foreseen; and with an index.
  private static final String FORESEEN_SCRIPT =
      SCRIPT.replace("extra positive", "extra int") + "DROP INDEX orders_note;";

  private final TestServer server;
  private String template = "";
  private Snapshot usual =
      new Snapshot(
          dev.plancheck.engine.schema.Schema.unknown(
              dev.plancheck.engine.EngineVersion.POSTGRESQL_LATEST),
          "",
          new TreeMap<>());

  SnapshotContract(TestServer server) {
    this.server = server;
  }

  @BeforeAll
  void readTheUsual() throws Exception {
    template = server.database(TEMPLATE);
    usual = server.snapshot(template, SCRIPT);
  }

  @Test
  void isTheSameForCopiesOfOneTemplate() throws Exception {
    assertThat(server.snapshot(server.copy(template), SCRIPT)).isEqualTo(usual);
  }

  @Test
  void isTheSameWhateverTheObjectIds() throws Exception {
    var other =
        server.database(
            """
            CREATE TABLE decoy (id serial, gone int);
            ALTER TABLE decoy DROP COLUMN gone;
            CREATE FUNCTION other_code() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 8';
            CREATE SEQUENCE shared;
            CREATE TYPE decoy_mood AS ENUM ('a', 'b');
            """
                + TEMPLATE
                    .replace("CREATE SEQUENCE shared;", "")
                    .replace(
                        "CREATE FUNCTION other_code() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT"
                            + " 8';",
                        ""));
    assertThat(server.snapshot(other, SCRIPT).schema()).isEqualTo(usual.schema());
  }

  @Test
  void isTheSameAfterColumnsHaveComeAndGone() throws Exception {
    var other =
        server.database(
            TEMPLATE.replace(
                    "total numeric(10,2) DEFAULT 0,", "gone int, total numeric(10,2) DEFAULT 0,")
                + "ALTER TABLE orders DROP COLUMN gone;");
    assertThat(server.snapshot(other, SCRIPT).schema()).isEqualTo(usual.schema());
  }

  @Test
  void doesNotSeeWhatTheScriptCannotReach() throws Exception {
    var other = server.copy(template);
    server.execute(
        other,
        """
        ALTER TABLE elsewhere ADD COLUMN note text;
        CREATE TABLE app.unrelated (id int);
        INSERT INTO app.unrelated VALUES (1);
        """);
    assertThat(server.snapshot(other, SCRIPT)).isEqualTo(usual);
  }

  /// One connector and one script, as in a run: what it learns from the first database must not
  /// show in the next ones, whether these have the same object ids, others, or only some.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "ALTER TABLE orders ADD COLUMN another mood",
        "ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey",
        "DROP VIEW bigger",
        "DROP TABLE item; CREATE TABLE item (id int REFERENCES orders)",
        "ALTER TABLE measured DETACH PARTITION measured_2025",
        "CREATE TABLE planned (id int)",
        "INSERT INTO customer VALUES (1, 'Ann')"
      })
  void isTheSameWhateverWasReadBefore(String change) throws Exception {
    var changed = server.copy(template);
    server.execute(changed, change);
    var shifted = server.database("CREATE TABLE decoy (id serial, state int);" + TEMPLATE);
    for (var script : List.of(SCRIPT, FORESEEN_SCRIPT)) {
      var mentions = Mentions.of(server.script(script));
      var connector = server.connector();
      for (var database : List.of(template, changed, shifted, template, changed, shifted)) {
        try (var session = connector.open(new DatabaseName("test", database), TestServer.LIMITS)) {
          assertThat(session.snapshot(mentions, SizeBorders.DEFAULT))
              .isEqualTo(server.snapshot(database, script));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE orders ADD COLUMN another int",
        "ALTER TABLE orders DROP COLUMN code",
        "ALTER TABLE orders RENAME COLUMN code TO kode",
        "ALTER TABLE orders ALTER COLUMN code TYPE bigint",
        "ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2)",
        "ALTER TABLE orders ALTER COLUMN total TYPE numeric(10,3)",
        "ALTER TABLE orders ALTER COLUMN note TYPE varchar(50)",
        "ALTER TABLE orders ALTER COLUMN note TYPE varchar(40) COLLATE \"POSIX\"",
        "ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz(3)",
        "ALTER TABLE orders ALTER COLUMN total SET DEFAULT 1",
        "ALTER TABLE orders ALTER COLUMN total DROP DEFAULT",
        "ALTER TABLE orders ALTER COLUMN code SET DEFAULT other_code()",
        "ALTER TABLE orders ALTER COLUMN ticket SET DEFAULT nextval('orders_id_seq')",
        "ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'bad'",
        "ALTER TABLE orders ALTER COLUMN moods SET DEFAULT '{bad,good}'",
        "ALTER TABLE orders ALTER COLUMN customer SET NOT NULL",
        "ALTER TABLE orders ALTER COLUMN status DROP NOT NULL",
        "ALTER TABLE customer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY",
        "ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (code * 2) STORED",
        "ALTER TABLE orders ALTER moods DROP DEFAULT, ALTER moods TYPE mood USING 'good'",
        "CREATE INDEX orders_code ON orders (code)",
        "DROP INDEX orders_note",
        "DROP INDEX orders_note; CREATE UNIQUE INDEX orders_note ON orders (note)",
        "DROP INDEX orders_note; CREATE INDEX orders_note ON orders (note DESC)",
        "DROP INDEX orders_note; CREATE INDEX orders_note ON orders (note) INCLUDE (code)",
        "DROP INDEX orders_note; CREATE INDEX orders_note ON orders (note text_pattern_ops)",
        "DROP INDEX orders_note; CREATE INDEX orders_note ON orders USING hash (note)",
        "DROP INDEX orders_note; CREATE INDEX orders_note ON orders (note) WHERE code > 1",
        "DROP INDEX orders_lower; CREATE INDEX orders_lower ON orders (upper(note)) WHERE total >"
            + " 5",
        "DROP INDEX orders_lower; CREATE INDEX orders_lower ON orders (lower(note)) WHERE total >"
            + " 6",
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_note'::regclass",
        "ALTER INDEX orders_note RENAME TO orders_text",
        "ALTER TABLE orders ADD CONSTRAINT one UNIQUE (code)",
        "ALTER TABLE orders ADD CONSTRAINT one UNIQUE (code) DEFERRABLE",
        "ALTER TABLE orders ADD CONSTRAINT positive CHECK (code > 0)",
        "ALTER TABLE orders VALIDATE CONSTRAINT note_check",
        "ALTER TABLE orders DROP CONSTRAINT total_check",
        "ALTER TABLE orders DROP CONSTRAINT total_check; ALTER TABLE orders ADD CONSTRAINT"
            + " total_check CHECK (total >= 1 AND status <> 'bad')",
        "ALTER TABLE orders DROP CONSTRAINT total_check; ALTER TABLE orders ADD CONSTRAINT"
            + " total_check CHECK (total >= 0 AND status <> 'good')",
        "ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey",
        "ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey; ALTER TABLE orders ADD CONSTRAINT"
            + " orders_customer_fkey FOREIGN KEY (customer) REFERENCES customer ON DELETE CASCADE",
        "ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey; ALTER TABLE orders ADD CONSTRAINT"
            + " orders_customer_fkey FOREIGN KEY (customer) REFERENCES customer NOT VALID",
        "ALTER TABLE elsewhere ADD COLUMN o int REFERENCES orders",
        "ALTER TABLE item DROP COLUMN orders",
        "ALTER TABLE customer ADD COLUMN mail text",
        "CREATE TRIGGER change BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION noop()",
        "CREATE RULE keep AS ON DELETE TO orders DO INSTEAD NOTHING",
        "CREATE POLICY mine ON orders USING (code = 1)",
        "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
        "CREATE VIEW third AS SELECT id FROM orders",
        "CREATE VIEW third AS SELECT id FROM big",
        "CREATE MATERIALIZED VIEW third AS SELECT id FROM orders",
        "DROP VIEW bigger",
        "ALTER TABLE item SET UNLOGGED",
        "ALTER TABLE measured ATTACH PARTITION measured_old DEFAULT",
        "ALTER TABLE measured DETACH PARTITION measured_2025",
        "CREATE INDEX late ON measured_2025 (id)",
        "INSERT INTO measured VALUES (1, '2025-05-05')",
        "CREATE TABLE special () INHERITS (orders)",
        "ALTER TYPE mood ADD VALUE 'so so'",
        "ALTER TYPE mood RENAME VALUE 'bad' TO 'worse'",
        "ALTER DOMAIN label ADD CHECK (VALUE <> '')",
        "ALTER DOMAIN label SET DEFAULT ''",
        "ALTER DOMAIN label SET NOT NULL",
        "CREATE OR REPLACE FUNCTION next_code() RETURNS int VOLATILE LANGUAGE sql AS 'SELECT 7'",
        "CREATE TABLE planned (id int)",
        "CREATE INDEX orders_extra ON elsewhere (id)",
        "CREATE SEQUENCE planned",
        "CREATE TABLE app.orders (id int); ALTER DATABASE {database} SET search_path = app, public",
        "ALTER DATABASE {database} SET search_path = public, app",
        "ALTER DATABASE {database} SET timezone = 'Asia/Tokyo'",
        "ALTER ROLE {user} IN DATABASE {database} SET timezone = 'Asia/Tokyo'",
        "ALTER DATABASE {database} SET lock_timeout = '3s'",
        "ALTER ROLE {user} IN DATABASE {database} SET lock_timeout = '3s'",
        "ALTER DATABASE {database} SET default_transaction_isolation = 'serializable'",
        "ALTER DATABASE {database} SET session_replication_role = 'replica'",
        "INSERT INTO customer VALUES (1, 'Ann')",
        "INSERT INTO orders (note) VALUES ('x')",
        "DROP INDEX orders_note; CREATE INDEX orders_note ON elsewhere (id)",
        "ALTER TABLE orders SET SCHEMA app",
        "ALTER TABLE orders SET SCHEMA app; ALTER DATABASE {database} SET search_path = app",
        "ALTER TABLE orders RENAME TO ordered; CREATE TABLE orders (id int)",
        "DROP VIEW big CASCADE; CREATE VIEW big AS SELECT id FROM customer",
        "DROP TABLE item; CREATE TABLE item (id int, orders int REFERENCES orders)",
        "CREATE TABLE big_child () INHERITS (customer)",
      })
  void showsEachChangeAlone(String change) throws Exception {
    var changed = server.copy(template);
    server.execute(
        changed, change.replace("{database}", changed).replace("{user}", server.cluster().user()));

    var snapshot = server.snapshot(changed, SCRIPT);

    assertThat(snapshot.fingerprint()).isNotEqualTo(usual.fingerprint());
    assertThat(afterTheTemplate(changed)).isEqualTo(server.snapshot(changed, FORESEEN_SCRIPT));
  }

  /// After a database without any inheritance: then it is not asked for in the next one, only
  /// noticed. A parent without columns leaves no trace in its child's.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE child () INHERITS (lone)",
        "ALTER TABLE lone INHERIT other",
        "ALTER TABLE lone INHERIT bare",
        "CREATE TABLE whole (id int NOT NULL, note text) PARTITION BY LIST (id);"
            + " ALTER TABLE whole ATTACH PARTITION lone DEFAULT",
        "ALTER TABLE other INHERIT bare; CREATE TABLE child () INHERITS (other)",
        "ALTER TABLE lone DROP CONSTRAINT short; ALTER TABLE lone ADD CONSTRAINT short CHECK (id >"
            + " 1)",
        "ALTER TABLE lone DROP CONSTRAINT short",
        "ALTER TABLE lone ADD UNIQUE (note)",
        "ALTER TABLE other ADD FOREIGN KEY (id) REFERENCES lone ON DELETE CASCADE",
        "CREATE SEQUENCE counter OWNED BY lone.id",
      })
  void noticesAFamilyWhereTheDatabaseBeforeHadNone(String change) throws Exception {
    var childless =
        server.database(
            """
            CREATE TABLE bare ();
            CREATE TABLE other (id int NOT NULL);
            CREATE TABLE lone (id int PRIMARY KEY, note text CONSTRAINT short CHECK (note <> ''));
            CREATE TABLE part (id int REFERENCES lone, other int);
            """);
    var changed = server.copy(childless);
    server.execute(changed, change);
    var same = server.copy(childless);
    var once = server.copy(childless);
    server.execute(once, "CREATE TABLE child () INHERITS (lone); DROP TABLE child");
    var script = "ALTER TABLE lone ADD COLUMN extra int; UPDATE other SET id = 1;";
    var mentions = Mentions.of(server.script(script));
    var connector = server.connector();
    for (var database : List.of(childless, same, changed, once, same, changed, once)) {
      try (var session = connector.open(new DatabaseName("test", database), TestServer.LIMITS)) {
        assertThat(session.snapshot(mentions, SizeBorders.DEFAULT))
            .as(database)
            .isEqualTo(server.snapshot(database, script));
      }
    }
  }

  /// Read by a connector that knows the object ids of the template.
  private Snapshot afterTheTemplate(String database) throws Exception {
    var mentions = Mentions.of(server.script(FORESEEN_SCRIPT));
    var connector = server.connector();
    try (var session = connector.open(new DatabaseName("test", template), TestServer.LIMITS)) {
      session.snapshot(mentions, SizeBorders.DEFAULT);
    }
    try (var session = connector.open(new DatabaseName("test", database), TestServer.LIMITS)) {
      return session.snapshot(mentions, SizeBorders.DEFAULT);
    }
  }
}
