// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What servers of today take is read, whatever the grammars know of it, and what they refuse stays
/// refused.
final class ModernStatementsTest {
  private static final EngineVersion OLD = new EngineVersion(Engine.MYSQL, 5, 7);
  private static final EngineVersion NEW = new EngineVersion(Engine.MYSQL, 9, 5);
  private static final EngineVersion MARIADB = new EngineVersion(Engine.MARIADB, 10, 11);

  @Test
  void readsWhatAllServersTake() {
    var statements = ModernStatements.of("common");
    assertThat(statements).hasSizeGreaterThanOrEqualTo(140);
    assertThat(statements.stream().filter(sql -> isRejected(OLD, sql))).isEmpty();
    assertThat(statements.stream().filter(sql -> isRejected(NEW, sql))).isEmpty();
    assertThat(statements.stream().filter(sql -> isRejected(MARIADB, sql))).isEmpty();
  }

  @Test
  void readsWhatMysqlTakes() {
    var statements = ModernStatements.of("mysql");
    assertThat(statements).hasSizeGreaterThanOrEqualTo(100);
    assertThat(statements.stream().map(ModernStatementsTest::sql).filter(s -> isRejected(NEW, s)))
        .isEmpty();
    assertThat(
            statements.stream()
                .filter(line -> line.startsWith("5.7: "))
                .map(ModernStatementsTest::sql)
                .filter(sql -> isRejected(OLD, sql)))
        .isEmpty();
  }

  @Test
  void readsWhatMariadbTakes() {
    var statements = ModernStatements.of("mariadb");
    assertThat(statements).hasSizeGreaterThanOrEqualTo(130);
    assertThat(statements.stream().filter(sql -> isRejected(MARIADB, sql))).isEmpty();
  }

  @Test
  void refusesWhatOnlyLooksLikeIt() {
    assertThat(
            ModernStatements.of("wrong-mariadb").stream().filter(sql -> !isRejected(MARIADB, sql)))
        .isEmpty();
    var wrong = ModernStatements.of("wrong-mysql");
    assertThat(wrong.stream().filter(sql -> !isRejected(OLD, sql))).isEmpty();
    assertThat(wrong.stream().filter(sql -> !isRejected(NEW, sql))).isEmpty();
  }

  @Test
  void wordsThatAreReservedLaterAreNamesBefore() {
    assertThat(first(OLD, "CREATE TABLE groups (rank INT, system INT, KEY (rank))"))
        .isInstanceOfSatisfying(
            Statement.CreateTable.class,
            create -> {
              assertThat(create.table()).hasToString("groups");
              assertThat(create.columns())
                  .extracting(column -> column.name())
                  .containsExactly("rank", "system");
            });
    assertThat(first(OLD, "INSERT INTO groups (rank) SELECT lead FROM window w WHERE w.rank > 1"))
        .isInstanceOf(Statement.Insert.class);
    assertThat(first(OLD, "DELETE FROM groups WHERE groups.rank > lead"))
        .isInstanceOfSatisfying(
            Statement.Delete.class,
            delete -> {
              assertThat(delete.table()).hasToString("groups");
              assertThat(Objects.requireNonNull(delete.where()).columns())
                  .containsExactly("rank", "lead");
            });
    assertThat(isRejected(NEW, "ALTER TABLE book ADD COLUMN rank INT")).isTrue();
  }

  @Test
  void placesStayThoseOfTheScript() {
    var script =
        script(
            MARIADB,
            "ALTER TABLE book ADD COLUMN ip INET6 NOT NULL, ADD SYSTEM VERSIONING, DROP COLUMN b");
    var alter = (Statement.AlterTable) script.statements().getFirst().statement();
    assertThat(alter.actions())
        .extracting(action -> script.source().slice(action.span()))
        .containsExactly("ADD COLUMN ip INET6 NOT NULL", "ADD SYSTEM VERSIONING", "DROP COLUMN b");
    assertThat(alter.actions().getFirst())
        .isInstanceOfSatisfying(
            TableAction.AddColumn.class,
            add -> assertThat(add.column().type().name()).isEqualTo("inet6"));
  }

  @Test
  void whatIsStillRefusedIsToldAsItStands() {
    var script = script(MARIADB, "ALTER TABLE book ADD COLUMN ip INET6, ADD COLUMN x FROBNICATE(");
    var rejected = (Statement.Rejected) script.statements().getFirst().statement();
    assertThat(script.source().slice(rejected.at())).isEqualTo("INET6");
  }

  @Test
  void theNamesInWhatIsReadAreKept() {
    assertThat(first(MARIADB, "ALTER TABLE book CONVERT TABLE old.part TO PARTITION p DEFAULT"))
        .isInstanceOfSatisfying(
            Statement.AlterTable.class,
            alter ->
                assertThat(alter.actions())
                    .singleElement()
                    .isInstanceOfSatisfying(
                        TableAction.AlterPartition.class,
                        action -> {
                          assertThat(action.partitions()).isEqualTo(List.of("p"));
                          assertThat(action.other()).hasToString("old.part");
                        }));
    assertThat(
            first(
                MARIADB,
                "SET STATEMENT lock_wait_timeout = 5 FOR ALTER TABLE book ADD COLUMN a INT"))
        .isInstanceOf(Statement.AlterTable.class);
    assertThat(first(MARIADB, "SET STATEMENT sql_mode = '' FOR DELETE FROM book"))
        .isInstanceOf(Statement.NotAnalysed.class);
  }

  private static String sql(String line) {
    return line.substring(line.indexOf(": ") + 2);
  }

  private static boolean isRejected(EngineVersion version, String sql) {
    return first(version, sql) instanceof Statement.Rejected;
  }

  private static Statement first(EngineVersion version, String sql) {
    var statements = script(version, "DELIMITER $$$\n%s\n$$$".formatted(sql)).statements();
    assertThat(statements).as(sql).hasSize(1);
    return statements.getFirst().statement();
  }

  private static Script script(EngineVersion version, String sql) {
    return Resource.script(version, sql);
  }
}
