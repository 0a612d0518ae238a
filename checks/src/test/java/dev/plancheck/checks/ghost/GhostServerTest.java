// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ghost.Answer.Told;
import dev.plancheck.checks.ghost.Answer.Untold;
import dev.plancheck.checks.ghost.GhostFacts.BinaryLog;
import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.checks.ghost.GhostFacts.ForeignKey;
import dev.plancheck.checks.ghost.GhostFacts.Grants;
import dev.plancheck.checks.ghost.GhostFacts.Relation;
import dev.plancheck.checks.ghost.GhostFacts.Source;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.review.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is found of servers, users and tables, for an ALTER that is harmless by itself.
final class GhostServerTest {
  private static final String ALTER = "ALTER TABLE book ADD COLUMN note text";
  private final GhostRig rig = new GhostRig();

  @Test
  void tellsKeySizeAndTimeWhereNothingSpeaksAgainstIt() {
    assertThat(rig.judge(ALTER))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.status()).isEqualTo(Status.SUCCESS);
          assertThat(finding.content())
              .contains("along the key PRIMARY (id)")
              .contains("about 330 MB of space")
              .contains("About 1,200,000 rows: between 62 s and 20 min")
              .contains("an estimate");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "log_bin, OFF, log-bin",
    "binlog_format, MIXED, binlog-format",
    "binlog_format, STATEMENT, binlog-format",
    "binlog_row_image, MINIMAL, binlog-row-image",
    "read_only, ON, read-only"
  })
  void findsASettingThatGhostRefuses(String variable, String value, String code) {
    rig.variables.put(variable, value);

    assertThat(rig.codes(ALTER)).containsExactly(code);
  }

  @Test
  void findsFiltersThatLetGhostWaitForEver() {
    rig.binaryLog = new Told<>(new BinaryLog(List.of("other"), List.of()));
    assertThat(rig.codes(ALTER)).containsExactly("binlog-filter");
    rig.binaryLog = new Told<>(new BinaryLog(List.of(), List.of("shop")));
    assertThat(rig.codes(ALTER)).containsExactly("binlog-filter");
    rig.binaryLog = new Told<>(new BinaryLog(List.of("shop"), List.of("other")));
    assertThat(rig.codes(ALTER)).containsExactly("ok");
  }

  @Test
  void takesWhatItMayNotReadForNoSuccess() {
    rig.binaryLog = new Untold<>("SHOW MASTER STATUS was refused: GRANT REPLICATION CLIENT");
    assertThat(rig.codes(ALTER)).containsExactly("unknown");

    rig.grants = new Untold<>("SHOW GRANTS was refused");
    rig.sources = new Untold<>("SHOW SLAVE STATUS was refused");
    assertThat(rig.codes(ALTER)).containsExactly("unknown", "unknown", "unknown");
  }

  @Test
  void takesALockThatNobodyMayReadForOffAsGhostDoes() {
    rig.metadataLocks = new Told<>(false);
    assertThat(rig.codes(ALTER)).containsExactly("metadata-locks");
    rig.metadataLocks = new Untold<>("GRANT SELECT ON performance_schema.* is missing");
    assertThat(rig.judge(ALTER))
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.content()).contains("GRANT SELECT ON performance"));
  }

  @Test
  void looksAtReplicasAsTheFlagsSay() {
    rig.sources = new Told<>(List.of(new Source("db1", true, true, 9L)));
    assertThat(rig.codes(ALTER)).containsExactly("replica", "replica-lag", "ok");
    rig.flags.put("max-lag-millis", "20000");
    assertThat(rig.codes(ALTER)).containsExactly("replica", "ok");
    rig.flags.put("assume-master-host", "true");
    assertThat(rig.codes(ALTER)).containsExactly("replica-written");
    rig.sources = new Told<>(List.of(new Source("db1", true, false, null)));
    assertThat(rig.codes(ALTER)).containsExactly("replica-written", "replica-broken");
  }

  @Test
  void refusesAPrimaryWhereTheFlagForbidsIt() {
    rig.flags.put("allow-on-master", "false");

    assertThat(rig.codes(ALTER)).containsExactly("on-master");
  }

  @Test
  void warnsThatSwitchingTheFormatChangesTheServer() {
    rig.variables.put("binlog_format", "STATEMENT");
    rig.flags.put("switch-to-rbr", "true");
    assertThat(rig.codes(ALTER)).containsExactly("switch-to-rbr", "ok");
    rig.replicas = new Told<>(2);
    assertThat(rig.codes(ALTER)).containsExactly("binlog-format");
  }

  @Test
  void warnsOfFlagsThatGhostChangesQuietly() {
    rig.flags.put("chunk-size", "5");
    rig.flags.put("nice-ratio", "200");

    assertThat(rig.judge(ALTER))
        .extracting(finding -> finding.content())
        .contains(
            "chunk-size=5: gh-ost uses 10 instead, without a word. Write the value that is meant.");
    assertThat(rig.codes(ALTER)).containsExactly("flag-clamped", "flag-clamped", "ok");
  }

  @Test
  void tellsMissingRightsFromRightsThatGhostDoesNotSee() {
    rig.grants = grants("GRANT USAGE ON *.* TO `app`@`%`");
    assertThat(rig.codes(ALTER)).containsExactly("grants");
    rig.grants =
        grants(
            "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `app`@`%`",
            "GRANT ALL PRIVILEGES ON `shop`.* TO `app`@`%`");
    assertThat(rig.codes(ALTER)).containsExactly("ok");
    rig.grants =
        grants(
            "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `app`@`%`",
            "GRANT ALL PRIVILEGES ON `sh%`.* TO `app`@`%`");
    assertThat(rig.codes(ALTER)).containsExactly("grants-text");
    rig.grants =
        grants(
            "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `app`@`%`",
            "GRANT ALL PRIVILEGES ON `shop\\_x`.* TO `app`@`%`");
    assertThat(rig.codes(ALTER)).containsExactly("grants");
  }

  @Test
  void takesRightsOfSeveralLinesAndRolesForWhatTheyAre() {
    rig.grants =
        grants(
            "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `app`@`%`",
            "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON *.* TO `app`@`%`",
            "GRANT INDEX, ALTER, LOCK TABLES, TRIGGER ON `shop`.* TO `app`@`%`");
    assertThat(rig.codes(ALTER)).containsExactly("grants-text");
    rig.grants =
        new Told<>(
            new Grants(
                "`app`@`%`",
                List.of("GRANT `dba` TO `app`@`%`"),
                List.of("GRANT ALL PRIVILEGES ON *.* TO `dba`")));
    assertThat(rig.codes(ALTER)).containsExactly("grants-text");
  }

  @Test
  void doesNotCountWhatIsRevokedInOneDatabase() {
    rig.grants =
        grants(
            "GRANT ALL PRIVILEGES ON *.* TO `app`@`%`",
            "REVOKE DELETE, DROP ON `shop`.* FROM `app`@`%`");

    assertThat(rig.judge(ALTER))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.content()).contains("GRANT DELETE, DROP ON `shop`.* TO `app`@`%`"));
  }

  @Test
  void knowsTheNamesOfRightsInMariadb() {
    rig.engine = Engine.MARIADB;
    rig.version = "10.11.19-MariaDB";
    rig.grants =
        grants(
            "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO `app`@`%`",
            "GRANT ALL PRIVILEGES ON `shop`.* TO `app`@`%`");
    assertThat(rig.codes(ALTER)).containsExactly("mariadb", "grants");
    rig.grants =
        grants(
            "GRANT REPLICATION SLAVE, BINLOG MONITOR, SLAVE MONITOR ON *.* TO `app`@`%`",
            "GRANT ALL PRIVILEGES ON `shop`.* TO `app`@`%`");
    assertThat(rig.codes(ALTER)).containsExactly("mariadb", "ok");
  }

  private static Answer<Grants> grants(String... lines) {
    return new Told<>(new Grants("`app`@`%`", List.of(lines), List.of()));
  }

  @Test
  void findsWhatGhostRefusesOfTables() {
    rig.foreignKeys.add(new ForeignKey("f", "shop.page", "shop.book", true));
    rig.foreignKeys.add(new ForeignKey("g", "shop.book", "shop.author", false));
    rig.triggers.add("stamp");
    rig.storage = "MyISAM";
    rig.versioned = true;
    rig.runningIn = 7L;

    assertThat(rig.codes(ALTER))
        .containsExactly(
            "engine", "history", "foreign-key-parent", "foreign-key-child", "trigger", "running");
  }

  @Test
  void tellsViewsAndMissingTablesApart() {
    rig.relation = _ -> new Relation.Missing();
    assertThat(rig.codes(ALTER)).containsExactly("no-table");
    rig.relation = _ -> new Relation.View();
    assertThat(rig.codes(ALTER)).containsExactly("view");
  }

  @Test
  void choosesTheKeyAsGhostDoes() {
    rig.keys.clear();
    assertThat(rig.codes(ALTER)).containsExactly("no-unique-key");
    rig.keys.add(GhostRig.unique("by_title", "title"));
    assertThat(rig.codes(ALTER)).containsExactly("nullable-key");
    rig.keys.add(GhostRig.unique("by_isbn", "isbn"));
    assertThat(chosen()).contains("along the key by_isbn (isbn)");
    rig.keys.add(GhostRig.unique("by_added", "added", "id"));
    assertThat(chosen()).contains("along the key by_added (added, id)");
    rig.keys.add(GhostRig.unique("by_id", "id", "added"));
    assertThat(chosen()).contains("along the key by_id (id, added)");
    rig.keys.add(GhostRig.unique("PRIMARY", "isbn", "added"));
    assertThat(chosen()).contains("along the key PRIMARY (isbn, added)");
  }

  private String chosen() {
    return rig.judge(ALTER).getLast().content();
  }

  @Test
  void findsKeysThatGhostUnderstandsOtherwise() {
    rig.keys.clear();
    rig.keys.add(GhostRig.unique("by_expression", "id", ""));
    assertThat(rig.codes(ALTER)).containsExactly("key-expression");
    rig.columns.add(new Column("total", "int(11)", false, null, null, true, false, null));
    rig.keys.set(0, GhostRig.unique("by_total", "total"));
    assertThat(rig.codes(ALTER)).containsExactly("key-generated");
    rig.keys.set(0, GhostRig.unique("by_added", "added"));
    assertThat(rig.codes("ALTER TABLE book MODIFY added timestamp NOT NULL"))
        .containsExactly("key-datetime", "values-lost-type");
    rig.columns.add(GhostRig.number("weight", "float", false));
    rig.keys.set(0, GhostRig.unique("by_weight", "weight"));
    assertThat(rig.codes(ALTER)).containsExactly("no-shared-key");
  }

  @Test
  void findsNamesThatAreTaken() {
    rig.alike.add("_book_ghc");
    assertThat(rig.codes(ALTER)).containsExactly("changelog-dropped");
    rig.alike.add("xbook_gho");
    assertThat(rig.codes(ALTER)).containsExactly("left-over", "changelog-dropped");
    rig.alike.clear();
    rig.alike.add("_book_del");
    assertThat(rig.codes(ALTER)).containsExactly("left-over");
  }

  @Test
  void countsTheBytesOfNames() {
    rig.name = "b".repeat(61);
    rig.alike.add("b".repeat(62));
    assertThat(rig.codes("ALTER TABLE " + rig.name + " ADD x int"))
        .containsExactly("name-collision", "ok");
    rig.name = "ü".repeat(30);
    assertThat(rig.codes("ALTER TABLE " + rig.name + " ADD x int")).containsExactly("name-cut");
    rig.name = "it's";
    assertThat(rig.codes("ALTER TABLE `it's` ADD x int")).containsExactly("name-pattern");
    rig.name = "a_b";
    rig.views.add("axb");
    assertThat(rig.codes("ALTER TABLE a_b ADD x int")).containsExactly("name-pattern");
  }

  @Test
  void findsDefaultsThatTheStrictModeRefuses() {
    rig.columns.add(
        new Column("seen", "datetime", false, null, null, false, false, "0000-00-00 00:00:00"));
    assertThat(rig.codes(ALTER)).containsExactly("zero-date");
    assertThat(rig.codes("ALTER TABLE book MODIFY seen datetime NOT NULL DEFAULT '2000-01-01'"))
        .containsExactly("ok");
  }
}
