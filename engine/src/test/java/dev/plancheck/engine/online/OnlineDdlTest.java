// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.online.OnlineDdl.Known;
import dev.plancheck.engine.online.OnlineDdl.Reason;
import dev.plancheck.engine.online.OnlineDdl.Unknown;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OnlineDdlTest {
  private static final Parcels OLD = new Parcels(Engine.MYSQL, "8.0.15");
  private static final Parcels NEW = new Parcels(Engine.MYSQL, "8.4.3");
  private static final Parcels MARIADB = new Parcels(Engine.MARIADB, "10.11.19");
  private static final String TABLE =
      "CREATE TABLE t (id INT PRIMARY KEY, a INT, b VARCHAR(20), KEY by_a (a)) DEFAULT"
          + " CHARSET=utf8mb4";

  @Test
  void tellsEachActionAtItsPlace() {
    var sql = "ALTER TABLE t ADD c INT, MODIFY a BIGINT";
    var verdict = known(OLD, sql);

    assertThat(verdict.work()).hasToString("COPY, rebuild, LOCK=SHARED");
    assertThat(verdict.work().blocksWrites()).isTrue();
    assertThat(verdict.reasons())
        .extracting(reason -> sql.substring(reason.span().start(), reason.span().end()))
        .containsExactly("ADD c INT", "MODIFY a BIGINT");
    assertThat(verdict.reasons())
        .extracting(Reason::what)
        .containsExactly("column c is added", "the type of a goes from int to bigint");
    assertThat(verdict.reasons())
        .extracting(reason -> Objects.requireNonNull(reason.work()).algorithm())
        .containsExactly(Algorithm.INSTANT, Algorithm.COPY);
    assertThat(verdict.notes()).isEmpty();
  }

  @Test
  void knowsIndexesAndNamesThatAreNotWrittenAsAlterTable() {
    assertThat(known(OLD, "CREATE INDEX i ON t (b)").work()).hasToString("INPLACE");
    assertThat(known(OLD, "CREATE FULLTEXT INDEX i ON t (b)").work())
        .hasToString("INPLACE, rebuild, LOCK=SHARED");
    assertThat(known(MARIADB, "CREATE UNIQUE INDEX i ON t (b)").work()).hasToString("NOCOPY");
    assertThat(known(OLD, "DROP INDEX by_a ON t").work()).hasToString("INPLACE");
    assertThat(known(OLD, "RENAME TABLE t TO u").work()).hasToString("INSTANT");
  }

  @Test
  void isSilentAboutEverythingElse() {
    var script = Dialects.of(Engine.MYSQL).parse(new SourceText("DROP TABLE t"), version("8.0"));
    assertThat(OnlineDdl.of(script.statements().getFirst(), OLD.unknown())).isEmpty();
    var postgresql = EngineVersion.POSTGRESQL_LATEST;
    var alter =
        Dialects.of(Engine.POSTGRESQL).parse(new SourceText("ALTER TABLE t ADD a int"), postgresql);
    assertThat(OnlineDdl.of(alter.statements().getFirst(), Schema.unknown(postgresql))).isEmpty();
  }

  @Test
  void refusesClausesThatAskForLessThanIsNeeded() {
    assertThat(refused(OLD, "MODIFY a BIGINT, ALGORITHM=INPLACE"))
        .isEqualTo("ALGORITHM=INPLACE is refused: this needs COPY");
    assertThat(refused(OLD, "ADD c INT FIRST, ALGORITHM=INSTANT"))
        .isEqualTo("ALGORITHM=INSTANT is refused: this needs INPLACE");
    assertThat(refused(OLD, "ADD INDEX (b), LOCK=NONE")).isNull();
    assertThat(refused(OLD, "MODIFY a BIGINT, LOCK=NONE"))
        .isEqualTo("LOCK=NONE is refused: this needs LOCK=SHARED");
    assertThat(refused(OLD, "ADD INDEX (b), ALGORITHM=COPY, LOCK=NONE"))
        .isEqualTo("LOCK=NONE is refused: this needs LOCK=SHARED");
    assertThat(refused(OLD, "ADD c INT, ALGORITHM=INSTANT, LOCK=NONE"))
        .isEqualTo("LOCK=NONE is refused beside ALGORITHM=INSTANT, which takes no such clause");
    assertThat(refused(MARIADB, "ADD FULLTEXT INDEX (b), ALGORITHM=NOCOPY"))
        .isEqualTo("ALGORITHM=NOCOPY is refused: this needs INPLACE");
    assertThat(refused(MARIADB, "ADD c INT, ALGORITHM=NOCOPY")).isNull();
  }

  @Test
  void doesMoreThanItMustIfThatIsWanted() {
    assertThat(known(OLD, "ALTER TABLE t ADD c INT, ALGORITHM=INPLACE").work())
        .hasToString("INPLACE, rebuild");
    assertThat(known(OLD, "ALTER TABLE t ALTER a SET DEFAULT 3, ALGORITHM=INPLACE").work())
        .hasToString("INPLACE");
    assertThat(known(MARIADB, "ALTER TABLE t ADD c INT, ALGORITHM=INPLACE").work())
        .hasToString("INSTANT");
    assertThat(known(OLD, "ALTER TABLE t ADD c INT, ALGORITHM=COPY").work())
        .hasToString("COPY, rebuild, LOCK=SHARED");
    assertThat(known(OLD, "ALTER TABLE t ADD INDEX (b), LOCK=EXCLUSIVE").work().blocksWrites())
        .isTrue();
    assertThat(known(OLD, "ALTER TABLE t ADD c INT, ALGORITHM=DEFAULT").work())
        .hasToString("INSTANT");
  }

  @Test
  void takesTheUsualAlgorithmOfMariadbForWritten() {
    var copying = MARIADB.with(Map.of("alter_algorithm", "COPY"));
    var instant = MARIADB.with(Map.of("alter_algorithm", "instant"));
    var ignored = new Parcels(Engine.MARIADB, "11.8.3", Map.of("alter_algorithm", "COPY"));

    assertThat(known(copying, "ALTER TABLE t ADD c INT").work().algorithm())
        .isEqualTo(Algorithm.COPY);
    assertThat(known(copying, "ALTER TABLE t ADD c INT, ALGORITHM=INSTANT").work().algorithm())
        .isEqualTo(Algorithm.INSTANT);
    assertThat(refused(instant, "ADD INDEX (b)"))
        .isEqualTo("ALGORITHM=INSTANT is refused: this needs NOCOPY");
    assertThat(known(ignored, "ALTER TABLE t ADD c INT").work().algorithm())
        .isEqualTo(Algorithm.INSTANT);
  }

  @Test
  void doesNotGuessWhatATableWas() {
    for (var action :
        List.of(
            "MODIFY a BIGINT",
            "CHANGE a c INT",
            "DROP a",
            "CONVERT TO CHARACTER SET latin1",
            "ENCRYPTION='Y'",
            "ADD INDEX (a), MODIFY a BIGINT")) {
      var verdict = NEW.verdict(NEW.unknown(), "ALTER TABLE t " + action);
      assertThat(verdict).as(action).isInstanceOf(Unknown.class);
      assertThat(verdict.reasons().getLast().work()).as(action).isNull();
    }
    var modify = NEW.verdict(NEW.unknown(), "ALTER TABLE t MODIFY a BIGINT");
    assertThat(modify.reasons().getFirst().what())
        .isEqualTo("it depends on what a is now, which is not known");
  }

  @Test
  void knowsWhatNoDefinitionDecides() {
    var lint = new Parcels(Engine.MYSQL, "8.0");
    var verdict = (Known) lint.verdict(lint.unknown(), "ALTER TABLE t ADD c INT FIRST");

    assertThat(verdict.work()).hasToString("INSTANT");
    assertThat(verdict.notes())
        .containsExactly(
            "The newest release of MySQL 8.0 is assumed.",
            "t is not known: it is taken for a table of InnoDB without virtual columns and without"
                + " fulltext and spatial indexes.");
  }

  @Test
  void doesNotKnowOldServers() {
    var old = new Parcels(Engine.MYSQL, "5.6.40");
    var verdict = old.verdict(old.made(List.of(TABLE)), "ALTER TABLE t ADD c INT");

    assertThat(verdict).isInstanceOf(Unknown.class);
    assertThat(verdict.reasons().getFirst().what())
        .isEqualTo("what MySQL 5.6.40 does is not known to plancheck");
  }

  @Test
  void countsRowVersions() {
    var newest = new Parcels(Engine.MYSQL, "9.1.0");
    assertThat(algorithm(NEW, "63")).isEqualTo(Algorithm.INSTANT);
    assertThat(algorithm(NEW, "64")).isEqualTo(Algorithm.INPLACE);
    assertThat(algorithm(newest, "64")).isEqualTo(Algorithm.INSTANT);
    assertThat(algorithm(newest, "255")).isEqualTo(Algorithm.INPLACE);
    assertThat(algorithm(OLD, "64")).isEqualTo(Algorithm.INSTANT);
    assertThat(versioned(NEW, "64").notes())
        .containsExactly(
            "Columns of t were added or dropped instantly 64 times, the most that MySQL 8.4.3"
                + " can: it is rebuilt.");
  }

  private static Algorithm algorithm(Parcels server, String versions) {
    return versioned(server, versions).work().algorithm();
  }

  private static Known versioned(Parcels server, String versions) {
    var schema = server.made(List.of(TABLE));
    var table = schema.table(ObjectName.of("t")).orElseThrow();
    var counted = table.withOptions(Map.of("engine", "innodb", "row versions", versions));
    return (Known)
        server.verdict(schema.withTables(Map.of(table.name(), counted)), "ALTER TABLE t ADD c INT");
  }

  @Test
  void warnsOfReleasesThatDamageTables() {
    for (var release : List.of("8.0.29", "8.0.31")) {
      var server = new Parcels(Engine.MYSQL, release);
      assertThat(known(server, "ALTER TABLE t ADD c INT").notes())
          .containsExactly(
              "MySQL %s can damage tables whose columns were added or dropped with"
                      .formatted(release)
                  + " ALGORITHM=INSTANT, mended in 8.0.32: write ALGORITHM=INPLACE.");
      assertThat(known(server, "ALTER TABLE t ADD c INT, ALGORITHM=INPLACE").notes()).isEmpty();
      assertThat(known(server, "ALTER TABLE t ALTER a SET DEFAULT 1").notes()).isEmpty();
    }
    for (var release : List.of("8.0.28", "8.0.32")) {
      var server = new Parcels(Engine.MYSQL, release);
      assertThat(known(server, "ALTER TABLE t ADD c INT").notes()).isEmpty();
    }
  }

  @Test
  void aCascadeKeepsMariadbFromCopyingBesideWrites() {
    var server = new Parcels(Engine.MARIADB, "11.8.3");
    var schema = server.made(List.of(TABLE));
    var table = schema.table(ObjectName.of("t")).orElseThrow();
    var key =
        new Table.Constraint(
            "known",
            ConstraintKind.FOREIGN_KEY,
            true,
            List.of("a"),
            null,
            ObjectName.of("", "u"),
            List.of("id"),
            "ON DELETE CASCADE");
    var cascading = schema.withTables(Map.of(table.name(), table.withConstraints(List.of(key))));
    var sql = "ALTER TABLE t MODIFY a BIGINT";

    assertThat(((Known) server.verdict(schema, sql)).work().blocksWrites()).isFalse();
    assertThat(((Known) server.verdict(cascading, sql)).work().blocksWrites()).isTrue();
  }

  private static EngineVersion version(String series) {
    var parts = series.split("\\.", -1);
    return new EngineVersion(Engine.MYSQL, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  private static @Nullable String refused(Parcels server, String actions) {
    return known(server, "ALTER TABLE t " + actions).refused();
  }

  private static Known known(Parcels server, String sql) {
    return (Known) server.verdict(server.made(List.of(TABLE)), sql);
  }
}
