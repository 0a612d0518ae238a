// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ghost.Answer.Told;
import dev.plancheck.checks.ghost.Answer.Untold;
import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.engine.Engine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What each form of ALTER TABLE becomes under gh-ost, on a table without any other trouble.
final class GhostAlterTest {
  private record Row(String alter, List<String> codes) {}

  private static Row row(String alter, String... codes) {
    return new Row(alter, List.of(codes));
  }

  @TestFactory
  Stream<DynamicTest> whatGhostDoesWell() {
    return tests(
        row("ADD COLUMN note text", "ok"),
        row("ADD COLUMN stars int NOT NULL", "ok"),
        row("ADD COLUMN code char(36) NOT NULL DEFAULT (uuid()) UNIQUE", "ok"),
        row("ADD COLUMN number bigint NOT NULL AUTO_INCREMENT UNIQUE", "ok"),
        row("ADD COLUMN nothing int NULL UNIQUE", "ok"),
        row("ADD INDEX by_title (title)", "ok"),
        row("DROP COLUMN pages", "ok"),
        row("MODIFY pages bigint", "ok"),
        row("MODIFY title varchar(80)", "ok"),
        row("MODIFY title text", "ok"),
        row("MODIFY title mediumtext CHARACTER SET utf8mb4", "ok"),
        row("MODIFY isbn char(13) CHARACTER SET utf8mb4 NOT NULL", "ok"),
        row("MODIFY kind enum('novel','poem','play') NOT NULL", "ok"),
        row("MODIFY kind varchar(10) NOT NULL", "ok"),
        row("MODIFY price decimal(12,2)", "ok"),
        row("MODIFY added datetime(3) NOT NULL", "ok"),
        row("CHANGE pages pages bigint", "ok"),
        row("CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", "ok"),
        row("ENGINE = InnoDB", "ok"),
        row("ADD UNIQUE KEY wider (id, title)", "ok"),
        row("DROP PRIMARY KEY, ADD PRIMARY KEY (id, isbn)", "ok"),
        row("PARTITION BY HASH (id) PARTITIONS 4", "ok"),
        row("PARTITION BY RANGE (id) (PARTITION p VALUES LESS THAN MAXVALUE)", "ok"));
  }

  @TestFactory
  Stream<DynamicTest> whatIsLostWithoutAWord() {
    return tests(
        row("ADD UNIQUE KEY by_title (title)", "rows-lost-unique"),
        row("ADD UNIQUE KEY by_title (title(3), pages)", "rows-lost-unique"),
        row("ADD COLUMN code int NOT NULL DEFAULT 0 UNIQUE", "rows-lost-unique"),
        row("ADD COLUMN code int NOT NULL UNIQUE", "rows-lost-unique"),
        row("MODIFY title varchar(40) NOT NULL", "values-lost-null"),
        row("MODIFY title varchar(10)", "values-lost-type"),
        row("MODIFY pages smallint", "values-lost-type"),
        row("MODIFY pages int unsigned", "values-lost-type"),
        row("MODIFY price decimal(6,2)", "values-lost-type"),
        row("MODIFY title int", "values-lost-type"),
        row("MODIFY title date", "values-lost-type"),
        row("MODIFY added timestamp NOT NULL", "values-lost-type"),
        row("MODIFY kind enum('novel') NOT NULL", "values-lost-type"),
        row("MODIFY kind enum('play','novel','poem') NOT NULL", "enum-order"),
        row("MODIFY title varchar(40) CHARACTER SET latin1", "values-lost-charset"),
        row("CONVERT TO CHARACTER SET latin1", "values-lost-charset", "values-lost-charset"),
        row("RENAME COLUMN title TO name", "rename-column"),
        row("ADD COLUMN a int, RENAME COLUMN pages TO leaves", "rename-column"),
        row("DROP COLUMN pages, ADD COLUMN pages bigint", "drop-add-column"),
        row("ADD CONSTRAINT f FOREIGN KEY (pages) REFERENCES page (id)", "add-foreign-key"),
        row("PARTITION BY RANGE (id) (PARTITION p VALUES LESS THAN (9))", "rows-lost-partition"));
  }

  @TestFactory
  Stream<DynamicTest> whatGhostRefusesOrMisunderstands() {
    return tests(
        row("RENAME TO tome", "rename-table"),
        row("RENAME AS tome", "rename-table"),
        row("RENAME tome", "rename-table"),
        row("CHANGE title name varchar(40)", "change-rename"),
        row("CHANGE COLUMN title Title varchar(40)", "change-rename"),
        row("DROP PARTITION p1", "partition"),
        row("TRUNCATE PARTITION p1", "partition"),
        row("EXCHANGE PARTITION p1 WITH TABLE other", "partition"),
        row("DISCARD TABLESPACE", "tablespace"),
        row("DROP PRIMARY KEY", "no-shared-key"),
        row("MODIFY ID int unsigned NOT NULL", "no-shared-key"),
        row("DROP COLUMN id, ADD COLUMN n int AUTO_INCREMENT PRIMARY KEY", "no-shared-key"),
        row("DROP COLUMN nowhere", "alter-fails"),
        row("ADD COLUMN title int", "alter-fails"),
        row("DROP INDEX nowhere", "alter-fails"),
        row("ADD PRIMARY KEY (isbn, id)", "alter-fails"));
  }

  private static Stream<DynamicTest> tests(Row... rows) {
    return Stream.of(rows)
        .map(row ->
            DynamicTest.dynamicTest(
                row.alter(),
                () ->
                    assertThat(new GhostRig().codes("ALTER TABLE book " + row.alter()))
                        .isEqualTo(row.codes())));
  }

  @Test
  void findsWhatOldServersIgnoreOnlyWhereItCounts() {
    var rig = new GhostRig();
    assertThat(rig.codes("ALTER TABLE book ADD CHECK (pages > 0)")).containsExactly("ok");

    rig.version = "8.0.16";
    assertThat(rig.codes("ALTER TABLE book ADD CHECK (pages > 0)"))
        .containsExactly("rows-lost-check");
  }

  @Test
  void tellsTheQuestionThatFindsALostRow() {
    var rig = new GhostRig();

    assertThat(rig.judge("ALTER TABLE book ADD UNIQUE (title(3), pages DESC)"))
        .singleElement()
        .extracting(finding -> finding.content())
        .asString()
        .contains(
            """
            SELECT LEFT(`title`, 3), `pages` FROM `book` WHERE LEFT(`title`, 3) IS NOT NULL \
            AND `pages` IS NOT NULL GROUP BY LEFT(`title`, 3), `pages` HAVING COUNT(*) > 1 LIMIT 1\
            """);
    assertThat(rig.judge("ALTER TABLE book MODIFY pages tinyint unsigned"))
        .singleElement()
        .extracting(finding -> finding.content())
        .asString()
        .contains("SELECT `pages` FROM `book` WHERE `pages` < 0 OR `pages` > 255 LIMIT 1");
  }

  @Test
  void showsWhereInTheSheet() {
    var found =
        new GhostRig().judge("-- first\nALTER TABLE book\n  ADD note text,\n  RENAME tome;");

    assertThat(found)
        .extracting(finding -> String.valueOf(finding.range()))
        .containsExactly("TextRange[start=4:3, end=4:14]");
  }

  @Test
  void findsAPlainColumnWhereAGeneratedOneWas() {
    var rig = new GhostRig();
    rig.columns.add(new Column("total", "int(11)", true, null, null, true, false, null));

    assertThat(rig.codes("ALTER TABLE book MODIFY total int")).containsExactly("generated-column");
    assertThat(rig.codes("ALTER TABLE book MODIFY total int AS (pages + 2) STORED"))
        .containsExactly("ok");
  }

  @Test
  void findsTextsThatAnotherCollationTakesForEqual() {
    var rig = new GhostRig();
    rig.keys.add(GhostRig.unique("by_isbn", "isbn"));

    assertThat(
            rig.codes("ALTER TABLE book MODIFY isbn char(13) COLLATE utf8mb4_unicode_ci NOT NULL"))
        .containsExactly("rows-lost-unique");
    assertThat(rig.codes("ALTER TABLE book MODIFY isbn char(13) COLLATE ascii_general_ci NOT NULL"))
        .containsExactly("ok");
  }

  @Test
  void findsRowsThatBecomeEqualWhenAKeyLosesAColumn() {
    var rig = new GhostRig();
    rig.keys.add(GhostRig.unique("edition", "isbn", "pages"));

    assertThat(rig.codes("ALTER TABLE book DROP COLUMN pages")).containsExactly("rows-lost-unique");
    assertThat(rig.codes("ALTER TABLE book DROP COLUMN pages, DROP INDEX edition"))
        .containsExactly("ok");
  }

  @Test
  void tellsEverythingAtOnce() {
    var rig = new GhostRig();
    rig.variables.put("log_bin", "OFF");
    rig.triggers.add("stamp");

    assertThat(rig.codes("ALTER TABLE book RENAME COLUMN title TO name, ADD UNIQUE (pages)"))
        .containsExactlyInAnyOrder("rename-column", "log-bin", "trigger", "rows-lost-unique");
  }

  @Test
  void readsFormsThatGhostCannot() {
    var rig = new GhostRig();
    rig.engine = Engine.MARIADB;
    rig.version = "10.11.19-MariaDB";

    assertThat(rig.codes("ALTER IGNORE TABLE book ADD x int")).contains("spelling");
    assertThat(rig.codes("ALTER TABLE IF EXISTS book ADD x int")).contains("spelling");
    assertThat(rig.codes("ALTER TABLE other.book ADD x int")).contains("other-database");
    assertThat(rig.codes("ALTER TABLE shop.book ADD x int")).isEqualTo(List.of("mariadb", "ok"));
  }

  @Test
  void believesTheDataWhereItMayLookAtIt() {
    var rig = new GhostRig();
    var alter = "ALTER TABLE book MODIFY title varchar(40) NOT NULL";
    var question = "SELECT 1 FROM `book` WHERE `title` IS NULL LIMIT 1";

    rig.rows.put(question, new Told<>(true));
    assertThat(rig.codes(alter)).containsExactly("values-lost-null");
    assertThat(rig.judge(alter).getFirst().content()).contains("There is such a row");
    rig.rows.put(question, new Told<>(false));
    assertThat(rig.codes(alter)).containsExactly("no-such-row", "ok");
    rig.rows.put(question, new Untold<>("The server refused it"));
    assertThat(rig.codes(alter)).containsExactly("values-lost-null");
  }

  @Test
  void asksNothingThatTheSheetCouldHaveMade() {
    assertThat(Question.ours("SELECT 'a\\' OR 1'").ours()).isFalse();
    assertThat(Question.isPlain("latin1")).isTrue();
    assertThat(Question.isPlain("latin1) OR (1")).isFalse();
    var rig = new GhostRig();
    rig.version = "8.0.16";
    var check = "ALTER TABLE book ADD CHECK (evil(pages) > 0)";
    var key = "ALTER TABLE book ADD UNIQUE KEY u ((evil(pages)))";
    for (var sheet : List.of(check, key)) {
      for (var finding : rig.judge(sheet)) {
        var query = finding.content().replaceFirst("(?s).*`(SELECT .*LIMIT 1)`.*", "$1");
        rig.rows.put(query, new Told<>(false));
      }
    }
    assertThat(rig.codes(check)).containsExactly("rows-lost-check");
    assertThat(rig.codes(key)).containsExactly("rows-lost-unique");
  }
}
