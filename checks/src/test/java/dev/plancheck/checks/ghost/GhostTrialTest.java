// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ghost.Answer.Told;
import dev.plancheck.checks.ghost.Answer.Untold;
import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.checks.ghost.GhostFacts.ForeignKey;
import dev.plancheck.checks.ghost.GhostFacts.Relation.Base;
import dev.plancheck.checks.ghost.GhostFacts.Source;
import dev.plancheck.checks.ghost.GhostFacts.TableKey;
import dev.plancheck.checks.ghost.Trial.Copied;
import dev.plancheck.checks.ghost.Trial.Outcome;
import dev.plancheck.checks.ghost.Trial.Warned;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.Lock;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a trial on a copy adds to what was foretold, and what is not tried.
final class GhostTrialTest {
  private static final String ADD = "ALTER TABLE book ADD COLUMN note text";
  private static final Work INSTANT = new Work(Algorithm.INSTANT, false, Lock.NONE);

  private final GhostRig rig = new GhostRig();
  private final List<Column> made = new ArrayList<>(rig.columns);
  private final List<TableKey> keys = new ArrayList<>(rig.keys);

  GhostTrialTest() {
    made.add(GhostRig.text("note", "text", true, "utf8mb4"));
  }

  @Test
  void theSuccessTellsHowTheServerDidIt() {
    rig.trial = tried(rows(10_000, 10_001, 10_000, Map.of()));

    var found = rig.judge(ADD);

    assertThat(rig.codes(ADD)).containsExactly("ok");
    assertThat(found.getFirst().content())
        .contains(
            "on an empty copy (INSTANT) and 10,000 rows arrived there whole; that says nothing");
  }

  @Test
  void whatTheServerRefusesIsAnError() {
    rig.trial = new Trial(new Outcome.Refused(1170, "BLOB column in key"), "");

    assertThat(rig.codes(ADD)).containsExactly("alter-refused");
  }

  @Test
  void whatIsNotKnownIsNoSuccess() {
    for (var outcome :
        List.of(
            new Outcome.Untold("It took too long"),
            new Outcome.NoScratch("scratch"),
            new Outcome.NoRight("GRANT ALL", 1142),
            new Outcome.Skipped("it is a replica"))) {
      rig.trial = new Trial(outcome, "");
      assertThat(rig.codes(ADD)).hasSize(1).doesNotContain("ok");
    }
    rig.trial = tried(new Copied.Untold("It took too long"));
    assertThat(rig.codes(ADD)).containsExactly("unknown");
  }

  @Test
  void whatIsLeftBehindIsTold() {
    rig.trial =
        new Trial(
            new Outcome.Altered(INSTANT, made, keys, rows(10, 1, 1, Map.of())),
            "DROP TABLE IF EXISTS `s`.`x`");

    assertThat(rig.codes(ADD)).containsExactly("copy-left", "ok");
    assertThat(rig.judge(ADD).getFirst().content()).contains("DROP TABLE IF EXISTS `s`.`x`");
  }

  @Test
  void aKeyThatTheServerDoesNotKeepIsMissed() {
    keys.clear();
    keys.add(new TableKey("PRIMARY", true, List.of("isbn"), false));
    rig.trial = tried(rows(10, 1, 1, Map.of()));

    assertThat(rig.codes(ADD)).containsExactlyInAnyOrder("no-shared-key", "copy-differs");
  }

  @Test
  void whatTheServerMakesOfColumnsCountsAsWell() {
    made.set(1, GhostRig.text("title", "varchar(40)", false, "latin1"));
    made.set(3, GhostRig.number("pages", "smallint(6)", true));
    rig.trial = tried(rows(10, 1, 1, Map.of()));

    assertThat(rig.codes(ADD))
        .containsExactlyInAnyOrder("values-lost-null", "values-lost-charset", "values-lost-type");
  }

  @Test
  void columnsThatNobodyForetoldKeepItFromBeingASuccess() {
    made.removeLast();
    made.add(GhostRig.number("other", "int(11)", true));
    rig.trial = tried(rows(10, 1, 1, Map.of()));

    assertThat(rig.codes(ADD)).containsExactly("copy-differs");
    assertThat(rig.judge(ADD).getFirst().content())
        .contains("it has no column note; it has a column other");
  }

  @ParameterizedTest
  @CsvSource({
    "1062, rows-lost-unique",
    "3819, rows-lost-check",
    "4025, rows-lost-check",
    "1526, rows-lost-partition",
    "1048, values-lost-null",
    "1264, values-lost-type",
    "1265, values-lost-type",
    "1366, values-lost-type",
    "9999, unknown"
  })
  void everyWarningIsALoss(int code, String finding) {
    rig.trial = tried(rows(10, 5, 4, Map.of(new Warned(code, false, false), 1L)));

    assertThat(rig.codes(ADD)).contains(finding).doesNotContain("ok");
  }

  @Test
  void aNoteIsAboutRoundingAndCharactersAreAboutTheCharacterSet() {
    rig.trial =
        tried(
            rows(
                10,
                5,
                5,
                Map.of(new Warned(1265, true, false), 2L, new Warned(1366, false, true), 3L)));

    assertThat(rig.codes(ADD)).containsExactly("values-lost-charset", "values-rounded");
    assertThat(rig.judge(ADD).getFirst().content())
        .startsWith("Of 5 rows, copied as gh-ost copies them, 3 values did not stay");
  }

  @Test
  void aMissingDefaultTakesNothingFromARow() {
    rig.trial = tried(rows(10, 5, 5, Map.of(new Warned(1364, false, false), 5L)));

    assertThat(rig.codes(ADD)).containsExactly("ok");
  }

  @Test
  void rowsThatVanishWithoutAWordAreAnError() {
    rig.trial = tried(rows(10, 5, 3, Map.of(new Warned(1062, false, false), 1L)));

    assertThat(rig.codes(ADD)).containsExactly("rows-lost-unique", "rows-lost");
    assertThat(rig.judge(ADD).get(1).content()).contains("Of 5 rows").contains("1 did not arrive");
  }

  @Test
  void onlyAWholeTableSettlesWhatNobodyMayAsk() {
    rig.engine = Engine.MARIADB;
    rig.version = "10.11.2-MariaDB";
    var check = "ALTER TABLE book ADD CHECK (pages > 0)";
    made.removeLast();
    rig.trial = tried(rows(10, 5, 5, Map.of()));
    assertThat(rig.codes(check)).contains("no-such-row").doesNotContain("rows-lost-check");

    for (var part :
        List.of(
            rows(10, 11, 10, Map.of()),
            rows(10, 5, 4, Map.of()),
            rows(10, 5, 5, Map.of(new Warned(9999, false, false), 1L)),
            new Copied.Rows(10, 5, 6, 5, true, new TreeMap<>()),
            new Copied.Rows(10, 5, 5, 5, false, new TreeMap<>()),
            new Copied.Untold("It took too long"))) {
      rig.trial = tried(part);
      assertThat(rig.codes(check)).as("%s", part).contains("rows-lost-check");
    }
  }

  @Test
  void whatAQueryFoundStaysWhateverACopyShows() {
    var unique = "ALTER TABLE book ADD UNIQUE KEY u (title)";
    made.removeLast();
    keys.add(new TableKey("u", true, List.of("title"), false));
    rig.trial = tried(rows(10, 5, 5, Map.of()));

    assertThat(rig.codes(unique)).contains("rows-lost-unique");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE book RENAME TO tome",
        "ALTER TABLE book ENGINE = MyISAM",
        "ALTER TABLE book DROP PARTITION p",
        "ALTER TABLE book DROP CHECK positive",
        "ALTER TABLE book SECONDARY_LOAD",
        "ALTER TABLE book CONVERT TO CHARACTER SET DEFAULT",
        "ALTER TABLE book TABLESPACE t",
        "ALTER TABLE book ADD FOREIGN KEY (pages) REFERENCES author (id)",
        "ALTER TABLE book ADD a int DEFAULT (writes())"
      })
  void isNotTriedWhereItCouldReachFurther(String sheet) {
    assertThat(choice(sheet)).isInstanceOf(TrialSheet.Choice.Leave.class);
  }

  @Test
  void isNotTriedOnAServerThatMustNotBeWrittenTo() {
    assertThat(choice(ADD)).isInstanceOf(TrialSheet.Choice.Try.class);
    rig.variables.put("read_only", "ON");
    assertThat(why(ADD)).contains("read-only");
    rig.variables.remove("read_only");
    rig.sources = new Told<>(List.of(new Source("db1:3306", true, true, 0L)));
    assertThat(why(ADD)).contains("is a replica");
    rig.sources = new Untold<>("The server refused");
    assertThat(why(ADD)).contains("not known whether");
    rig.sources = new Told<>(List.of());
    rig.foreignKeys.add(new ForeignKey("fk", "shop.book", "shop.author", false));
    assertThat(why(ADD)).contains("foreign keys");
  }

  @Test
  void isNotTriedWhereTheServerReadsQuotesOtherwise() {
    rig.variables.put("sql_mode", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES");

    assertThat(choice(ADD)).isInstanceOf(TrialSheet.Choice.Try.class);
    assertThat(why(ADD + " COMMENT \"x\"")).contains("sql_mode");
    assertThat(why(ADD + " COMMENT 'x\\''")).contains("sql_mode");
  }

  @Test
  void asksForWhatGhostWouldCopy() {
    var choice =
        choice("ALTER TABLE `book` DROP COLUMN pages, ADD COLUMN pages bigint, ALGORITHM=COPY");

    assertThat(choice)
        .isInstanceOfSatisfying(
            TrialSheet.Choice.Try.class,
            wanted -> {
              assertThat(wanted.order().database()).isEqualTo("shop");
              assertThat(wanted.order().body())
                  .isEqualTo("DROP COLUMN pages, ADD COLUMN pages bigint, ALGORITHM=COPY");
              assertThat(wanted.order().findsAlgorithm()).isFalse();
              assertThat(wanted.order().columns()).contains("id", "title").doesNotContain("pages");
              // 300 MB in 1.2 million rows.
              assertThat(wanted.order().rows()).isEqualTo(10_000);
            });
  }

  private String why(String sheet) {
    return choice(sheet) instanceof TrialSheet.Choice.Leave(var why) ? why : "it is tried";
  }

  private TrialSheet.Choice choice(String sheet) {
    var version = EngineVersion.usual(rig.engine);
    var script = Dialects.of(rig.engine).parse(new SourceText(sheet), version);
    var facts = rig.facts();
    if (facts.table() instanceof Told<GhostFacts.Found>(var found)
        && found.relation() instanceof Base base) {
      return TrialSheet.of(GhostAlter.of(script).orElseThrow(), facts.server(), base);
    }
    throw new AssertionError(facts.table());
  }

  private Trial tried(Copied copied) {
    return new Trial(new Outcome.Altered(INSTANT, made, keys, copied), "");
  }

  private static Copied.Rows rows(
      long limit, long ofTable, long arrived, Map<Warned, Long> warnings) {
    return new Copied.Rows(limit, ofTable, ofTable, arrived, true, new TreeMap<>(warnings));
  }
}
