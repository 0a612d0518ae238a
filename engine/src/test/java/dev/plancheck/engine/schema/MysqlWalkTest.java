// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What the DDL of MySQL and MariaDB makes of a table.
final class MysqlWalkTest {
  private static final String BOOK =
      """
      CREATE TABLE book (
        id INT AUTO_INCREMENT PRIMARY KEY,
        title VARCHAR(40) NOT NULL COMMENT 'what is on the cover',
        mark CHAR(3) CHARACTER SET ascii,
        seen TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP(3),
        KEY two (title, mark), UNIQUE KEY alone (mark)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='books';
      """;

  @Test
  void tablesLiveInTheDatabaseOfTheSession() {
    var schema = walk(BOOK + "CREATE TABLE shop.till (id INT); ALTER TABLE book ADD a INT;");

    assertThat(schema.tables().keySet())
        .containsExactly(ObjectName.of(ObjectName.HERE, "book"), ObjectName.of("shop", "till"))
        .extracting(ObjectName::toString)
        .containsExactly("book", "shop.till");
    assertThat(schema.searchPath()).containsExactly(ObjectName.HERE);
    assertThat(Schema.unknown(EngineVersion.POSTGRESQL_LATEST).searchPath())
        .containsExactly("public");
  }

  @Test
  void keepsWhatIsWrittenWithTablesAndColumns() {
    var book = book("");

    assertThat(book.options())
        .isEqualTo(
            Map.of(
                "engine", "innodb",
                "character set", "utf8mb4",
                "collate", "utf8mb4_bin",
                "comment", "books"));
    assertThat(column(book, "title").attributes())
        .isEqualTo(Map.of("CHARACTER SET", "utf8mb4", "COMMENT", "what is on the cover"));
    assertThat(column(book, "title").collation()).isEqualTo("utf8mb4_bin");
    assertThat(column(book, "mark").attributes()).isEqualTo(Map.of("CHARACTER SET", "ascii"));
    assertThat(column(book, "mark").collation()).isNull();
    assertThat(column(book, "seen").attributes())
        .isEqualTo(Map.of("ON UPDATE", "CURRENT_TIMESTAMP(3)"));
    assertThat(column(book, "id").generation()).isEqualTo(Generation.IDENTITY);
  }

  @Test
  void putsColumnsWhereTheScriptWantsThem() {
    assertThat(names(book("ALTER TABLE book ADD a INT FIRST, ADD b INT AFTER title, ADD c INT;")))
        .containsExactly("a", "id", "title", "b", "mark", "seen", "c");
    assertThat(names(book("ALTER TABLE book MODIFY mark CHAR(3) FIRST;")))
        .containsExactly("mark", "id", "title", "seen");
    assertThat(names(book("ALTER TABLE book MODIFY id INT AFTER mark;")))
        .containsExactly("title", "mark", "id", "seen");
    assertThat(names(book("ALTER TABLE book CHANGE title name TEXT;")))
        .containsExactly("id", "name", "mark", "seen");
    assertThat(names(book("ALTER TABLE book CHANGE title name TEXT AFTER seen;")))
        .containsExactly("id", "mark", "seen", "name");
    assertThat(names(book("ALTER TABLE book ADD a INT AFTER nowhere;")))
        .containsExactly("id", "title", "mark", "seen", "a");
  }

  @Test
  void aRedefinitionKeepsOnlyWhatItRepeats() {
    var title = column(book("ALTER TABLE book MODIFY title VARCHAR(80);"), "title");

    assertThat(title.notNull()).isFalse();
    assertThat(title.attributes()).isEqualTo(Map.of("CHARACTER SET", "utf8mb4"));
    var hidden = book("ALTER TABLE book MODIFY title TEXT COLLATE latin1_bin INVISIBLE;");
    assertThat(column(hidden, "title").attributes())
        .isEqualTo(Map.of("CHARACTER SET", "latin1", "INVISIBLE", ""));
    assertThat(column(hidden, "title").collation()).isEqualTo("latin1_bin");
  }

  @Test
  void setsOptionsOfTables() {
    var book =
        book(
            "ALTER TABLE book ENGINE=MyISAM ROW_FORMAT=Fixed COMMENT '', DEFAULT CHARSET latin1;"
                + "ALTER TABLE book ADD later TEXT;");

    assertThat(book.options())
        .isEqualTo(Map.of("engine", "myisam", "row_format", "fixed", "character set", "latin1"));
    assertThat(column(book, "title").attributes()).containsEntry("CHARACTER SET", "utf8mb4");
    assertThat(column(book, "later").attributes()).containsEntry("CHARACTER SET", "latin1");
    assertThat(book("ALTER TABLE book KEY_BLOCK_SIZE=8;").options())
        .containsEntry("row_format", "compressed");
  }

  @Test
  void convertsAllTexts() {
    var book = book("ALTER TABLE book CONVERT TO CHARACTER SET latin1 COLLATE latin1_bin;");

    assertThat(book.options())
        .containsEntry("character set", "latin1")
        .containsEntry("collate", "latin1_bin");
    for (var text : List.of("title", "mark")) {
      assertThat(column(book, text).attributes()).containsEntry("CHARACTER SET", "latin1");
      assertThat(column(book, text).collation()).isEqualTo("latin1_bin");
    }
    assertThat(column(book, "id").attributes()).isEmpty();
  }

  @Test
  void aDroppedColumnIsTakenOutOfItsIndexes() {
    var book = book("ALTER TABLE book DROP mark;");

    assertThat(book.indexes()).extracting(Table.Index::name).containsExactly("primary", "two");
    assertThat(book.index("two").orElseThrow().columns()).containsExactly("title");
    assertThat(book.constraint("alone")).isEmpty();
  }

  @Test
  void partitionsComeAndGo() {
    var partitioned = "ALTER TABLE book PARTITION BY HASH (id) PARTITIONS 4;";

    assertThat(book(partitioned).kind()).isEqualTo(Table.Kind.PARTITIONED_TABLE);
    assertThat(book(partitioned + "ALTER TABLE book ADD PARTITION PARTITIONS 2;").kind())
        .isEqualTo(Table.Kind.PARTITIONED_TABLE);
    assertThat(book(partitioned + "ALTER TABLE book REMOVE PARTITIONING;").kind())
        .isEqualTo(Table.Kind.TABLE);
  }

  @Test
  void dropsAndRenamesIndexes() {
    var book =
        book("ALTER TABLE book DROP INDEX alone, RENAME INDEX two TO pair, DROP PRIMARY KEY;");

    assertThat(book.indexes()).extracting(Table.Index::name).containsExactly("pair");
    assertThat(book.constraints()).isEmpty();
    assertThat(column(book, "id").notNull()).isTrue();
  }

  @Test
  void aCopyOfATableHasItsOptions() {
    var schema = walk(BOOK + "CREATE TABLE copy LIKE book;");

    assertThat(schema.table(ObjectName.of("copy")).orElseThrow().options())
        .isEqualTo(schema.table(ObjectName.of("book")).orElseThrow().options());
  }

  @Test
  void takesWhatATableLeavesOutFromTheDatabase() {
    var settings =
        Map.of(
            "default_storage_engine", "InnoDB",
            "innodb_default_row_format", "dynamic",
            "character_set_database", "latin1",
            "collation_database", "latin1_swedish_ci");
    var made = walk("CREATE TABLE t (a TEXT);", settings).table(ObjectName.of("t")).orElseThrow();

    assertThat(made.options())
        .isEqualTo(
            Map.of(
                "engine", "innodb",
                "row_format", "dynamic",
                "character set", "latin1",
                "collate", "latin1_swedish_ci"));
    assertThat(column(made, "a").collation()).isEqualTo("latin1_swedish_ci");
  }

  @Test
  void differencesAreTold() {
    var one = walk(BOOK);
    var other = walk(BOOK + "ALTER TABLE book ENGINE=Aria, MODIFY seen TIMESTAMP NULL;");

    assertThat(SchemaDifference.between(one, other))
        .containsExactly(
            "column book.seen: ON UPDATE is missing", "book: engine is aria, elsewhere innodb");
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  private static Column column(Table table, String name) {
    return table.column(name).orElseThrow();
  }

  private static Table book(String then) {
    return Objects.requireNonNull(walk(BOOK + then).tables().get(name("book")));
  }

  private static ObjectName name(String table) {
    return ObjectName.of(ObjectName.HERE, table);
  }

  private static Schema walk(String sql) {
    return walk(sql, Map.of());
  }

  private static Schema walk(String sql, Map<String, String> settings) {
    var version = new EngineVersion(Engine.MYSQL, 8, 0);
    var schema = Schema.unknown(version).withSettings(settings);
    for (var one : Dialects.of(Engine.MYSQL).parse(new SourceText(sql), version).statements()) {
      schema = SchemaWalk.apply(schema, one.statement());
    }
    return schema;
  }
}
