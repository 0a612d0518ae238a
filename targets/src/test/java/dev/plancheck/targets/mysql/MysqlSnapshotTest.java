// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.TypeName;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is read of a real server's catalogue for a script.
@Timeout(180)
final class MysqlSnapshotTest {
  private static final String[] BOOKS = {
    "CREATE TABLE author (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL) COMMENT 'who wrote it'",
    """
    CREATE TABLE book (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
      Title VARCHAR(200) CHARACTER SET latin1 NOT NULL DEFAULT 'it''s new' COMMENT 'on its cover',
      price DECIMAL(10,2) DEFAULT 1.50,
      kind ENUM('a','b') DEFAULT 'a',
      author_id INT,
      doubled DOUBLE GENERATED ALWAYS AS (price * 2) STORED,
      next INT AS (author_id + 1) VIRTUAL,
      changed TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
      note TEXT,
      PRIMARY KEY (id),
      UNIQUE KEY U_Title (Title),
      KEY k_note (note(10), price),
      FULLTEXT KEY words (note),
      CONSTRAINT fk_author FOREIGN KEY (author_id) REFERENCES author (id) ON DELETE CASCADE
    ) ENGINE=InnoDB ROW_FORMAT=COMPRESSED COMMENT='books'
    """,
    "CREATE TABLE review (id INT PRIMARY KEY, book_id BIGINT UNSIGNED, FOREIGN KEY (book_id)"
        + " REFERENCES book (id))",
    "CREATE TABLE apart (id INT)",
    "CREATE TRIGGER stamp BEFORE INSERT ON book FOR EACH ROW SET NEW.changed = NOW()",
    "CREATE VIEW titles AS SELECT Title FROM book"
  };

  @ParameterizedTest
  @EnumSource
  void readsAllOfATable(MysqlServers server) throws Exception {
    var database = server.freshDatabase(BOOKS);
    var book = table(schema(server, database, "ALTER TABLE book ADD COLUMN x INT"), "book");
    assertThat(book.kind()).isEqualTo(Table.Kind.TABLE);
    assertThat(book.columns().stream().map(column -> column.name() + " " + column.type()).toList())
        .containsExactly(
            "id bigint unsigned",
            "title varchar(200)",
            "price decimal(10,2)",
            "kind enum ('a','b')",
            "author_id int",
            "doubled double",
            "next int",
            "changed timestamp",
            "note text");
    assertThat(book.columns().stream().map(Table.Column::defaultText).toList())
        .startsWith(null, "'it''s new'", "1.50", "'a'", null)
        .satisfies(texts -> assertThat(texts.get(5)).contains("`price` * 2"))
        .satisfies(texts -> assertThat(texts.get(7)).isEqualTo("CURRENT_TIMESTAMP"));
    assertThat(book.columns().stream().map(Table.Column::generation).toList())
        .containsSequence(Generation.NONE, Generation.STORED, Generation.VIRTUAL, Generation.NONE);
    assertThat(book.columns().getFirst().generation()).isEqualTo(Generation.IDENTITY);
    var title = book.columns().get(1);
    assertThat(title.notNull()).isTrue();
    assertThat(title.collation()).isEqualTo("latin1_swedish_ci");
    assertThat(title.attributes())
        .containsEntry("CHARACTER SET", "latin1")
        .containsEntry("COMMENT", "on its cover");
    assertThat(book.columns().get(7).attributes()).containsEntry("ON UPDATE", "CURRENT_TIMESTAMP");
    assertThat(book.options())
        .containsEntry("engine", "innodb")
        .containsEntry("row_format", "compressed")
        .containsEntry("comment", "books")
        .containsKeys("character set", "collate");
  }

  @ParameterizedTest
  @EnumSource
  void readsKeysAndWhatHangsOnATable(MysqlServers server) throws Exception {
    var database = server.freshDatabase(BOOKS);
    var schema = schema(server, database, "DROP TABLE book");
    var book = table(schema, "book");
    assertThat(book.indexes().stream().map(i -> i.name() + " " + i.method() + " " + i.columns()))
        .containsExactly(
            "fk_author btree [author_id]",
            "k_note btree [note, price]",
            "primary btree [id]",
            "u_title btree [title]",
            "words fulltext [note]");
    assertThat(index(book, "k_note").definition()).isEqualTo("note(10), price");
    assertThat(index(book, "u_title").unique()).isTrue();
    assertThat(index(book, "primary").primary()).isTrue();
    assertThat(book.constraints().stream().map(c -> c.name() + " " + c.kind()))
        .containsExactly(
            "fk_author " + ConstraintKind.FOREIGN_KEY,
            "primary " + ConstraintKind.PRIMARY_KEY,
            "u_title " + ConstraintKind.UNIQUE);
    var key = book.constraint("fk_author").orElseThrow();
    assertThat(key.references()).isEqualTo(here("author"));
    assertThat(key.columns()).containsExactly("author_id");
    assertThat(key.referencedColumns()).containsExactly("id");
    assertThat(key.definition()).isEqualTo("on delete cascade");
    assertThat(book.dependents().referencedBy()).containsExactly(here("review"));
    assertThat(book.dependents().triggers()).containsExactly("stamp");
    // Both ends of its foreign keys are read, nothing else.
    assertThat(schema.tables().keySet())
        .containsExactly(here("author"), here("book"), here("review"));
    if (server == MysqlServers.MYSQL_80) {
      assertThat(book.dependents().views()).containsExactly(here("titles"));
      assertThat(schema.settings()).doesNotContainKey("not readable");
    } else {
      assertThat(schema.settings().get("not readable"))
          .isEqualTo("foreign keys of other databases, views");
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsSettingsOfServerAndDatabase(MysqlServers server) throws Exception {
    var database = server.freshDatabase();
    server.execute("", "ALTER DATABASE " + database + " CHARACTER SET latin1");
    var settings = schema(server, database, "SELECT 1").settings();
    assertThat(settings)
        .containsEntry("character_set_database", "latin1")
        .containsEntry("collation_database", "latin1_swedish_ci")
        .containsEntry("foreign_key_checks", "ON")
        .containsEntry("lower_case_table_names", "0")
        .containsEntry("binlog_format", "ROW")
        .containsEntry("lock_wait_timeout", server.query("", "SELECT @@GLOBAL.lock_wait_timeout"));
    assertThat(settings.get("version"))
        .isEqualTo(
            server == MysqlServers.MARIADB
                ? server.binaries().version().replaceFirst("-.*", "") + "-mariadb"
                : server.binaries().version());
    assertThat(List.of(Objects.requireNonNull(settings.get("sql_mode")).split(",", -1)))
        .isSorted()
        .containsExactlyInAnyOrder(server.query("", "SELECT @@GLOBAL.sql_mode").split(",", -1));
  }

  @ParameterizedTest
  @EnumSource
  void knowsPartitionsAndOtherKindsOfTables(MysqlServers server) throws Exception {
    var database =
        server.freshDatabase(
            "CREATE TABLE sold (id INT, year INT) PARTITION BY RANGE (year)"
                + " (PARTITION p0 VALUES LESS THAN (2000), PARTITION p1 VALUES LESS THAN MAXVALUE)",
            "CREATE TABLE book (id INT)",
            "CREATE VIEW books AS SELECT id FROM book");
    var schema = schema(server, database, "SELECT * FROM sold, books");
    assertThat(table(schema, "sold").kind()).isEqualTo(Table.Kind.PARTITIONED_TABLE);
    assertThat(table(schema, "sold").options().get("partitions"))
        .containsPattern("RANGE \\(.?year.?\\): p0 2000, p1 MAXVALUE");
    assertThat(table(schema, "books").kind()).isEqualTo(Table.Kind.VIEW);
    assertThat(table(schema, "books").columns()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyTableIsOneInWhichNothingWasFound(MysqlServers server) throws Exception {
    var database =
        server.freshDatabase(
            "CREATE TABLE nothing (id INT)",
            "CREATE TABLE something (id INT)",
            "INSERT INTO something VALUES (1)",
            "CREATE TABLE many (id INT PRIMARY KEY AUTO_INCREMENT, text VARCHAR(100))",
            "INSERT INTO many (text) VALUES (REPEAT('x', 100))");
    for (var round = 0; round < 15; round++) {
      server.execute(database, "INSERT INTO many (text) SELECT text FROM many");
    }
    server.execute(database, "ANALYZE TABLE many");
    var snapshot =
        TestInstance.of(server).snapshot(database, "SELECT * FROM nothing, something, many");
    assertThat(table(snapshot.schema(), "nothing").size()).isEqualTo(SizeBand.EMPTY);
    assertThat(table(snapshot.schema(), "something").size()).isEqualTo(SizeBand.SMALL);
    assertThat(table(snapshot.schema(), "many").size()).isEqualTo(SizeBand.NORMAL);
    assertThat(Objects.requireNonNull(snapshot.sizes().get(here("nothing"))).rows()).isZero();
    assertThat(Objects.requireNonNull(snapshot.sizes().get(here("something"))).rows())
        .isNotEqualTo(0L);
    var many = Objects.requireNonNull(snapshot.sizes().get(here("many")));
    assertThat(many.rows()).isBetween(20_000L, 50_000L);
    assertThat(many.bytes()).isGreaterThan(3_000_000L);
  }

  @ParameterizedTest
  @EnumSource
  void aTableWrittenWithItsDatabaseStaysSo(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)");
    var other = server.freshDatabase("CREATE TABLE book (id INT, more INT)");
    var schema =
        schema(server, database, "SELECT * FROM book, %s.book, %s.book".formatted(database, other));
    assertThat(schema.tables().keySet())
        .containsExactlyInAnyOrder(
            here("book"), ObjectName.of(database, "book"), ObjectName.of(other, "book"));
    assertThat(Objects.requireNonNull(schema.tables().get(ObjectName.of(other, "book"))).columns())
        .hasSize(2);
    assertThat(schema.searchPath()).containsExactly(ObjectName.HERE);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotThereIsMissing(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)");
    var schema = schema(server, database, "CREATE TABLE other (id INT); DROP TABLE nowhere.book");
    assertThat(schema.known()).isTrue();
    assertThat(schema.tables()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aScriptThatReachesEverythingGetsEveryTable(MysqlServers server) throws Exception {
    var database = server.freshDatabase(BOOKS);
    var schema = schema(server, database, "CALL something()");
    assertThat(schema.tables().keySet())
        .containsExactly(
            here("apart"), here("author"), here("book"), here("review"), here("titles"));
  }

  @ParameterizedTest
  @EnumSource
  void aUserWhoMayNotSeeATableIsToldWhatIsMissing(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id INT)", "CREATE TABLE open (id INT)");
    var user = "u" + database;
    server.execute(
        database,
        "CREATE USER %s IDENTIFIED BY 'right'".formatted(user),
        "GRANT SELECT ON %s.open TO %s".formatted(database, user));
    var login = TestInstance.of(server).withLogin(user, "right");
    assertThat(login.snapshot(database, "SELECT * FROM open").schema().tables())
        .containsOnlyKeys(here("open"));
    assertThatThrownBy(() -> login.snapshot(database, "SELECT * FROM book"))
        .isInstanceOfSatisfying(
            TargetException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_PERMITTED))
        .hasMessageContaining("GRANT SELECT ON `%s`.`book`".formatted(database))
        .hasMessageContaining(user);
    server.execute("", "GRANT SELECT ON %s.* TO %s".formatted(database, user));
    var seen = login.snapshot(database, "SELECT * FROM book, missing").schema();
    assertThat(seen.tables()).containsOnlyKeys(here("book"));
    assertThat(seen.settings().get("not readable")).contains("triggers").contains("views");
  }

  @ParameterizedTest
  @EnumSource
  void namesMayHoldAnything(MysqlServers server) throws Exception {
    var odd = "it's \\a` \"table\" é";
    var database = server.freshDatabase("CREATE TABLE %s (id INT)".formatted(Literals.name(odd)));
    var snapshot =
        TestInstance.of(server).snapshot(database, "SELECT * FROM " + Literals.name(odd));
    assertThat(table(snapshot.schema(), odd).size()).isEqualTo(SizeBand.EMPTY);
    assertThat(table(snapshot.schema(), odd).columns().getFirst().type())
        .isEqualTo(TypeName.of("int"));
  }

  private static Schema schema(MysqlServers server, String database, String script)
      throws TargetException, SQLException {
    return TestInstance.of(server).snapshot(database, script).schema();
  }

  private static ObjectName here(String name) {
    return ObjectName.of(ObjectName.HERE, name);
  }

  private static Table table(Schema schema, String name) {
    return schema.table(ObjectName.of(name)).orElseThrow();
  }

  private static Table.Index index(Table table, String name) {
    return table.index(name).orElseThrow();
  }
}
