// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.sql.TypeName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of statements that the grammar knows in another spelling only; their shapes are in
/// `respelled.sql`.
class RespellingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOT VALID DEFERRABLE",
        "DEFERRABLE NOT VALID",
        "DEFERRABLE INITIALLY DEFERRED NOT VALID",
        "NOT DEFERRABLE NOT VALID",
        "INITIALLY IMMEDIATE NOT DEFERRABLE NOT VALID",
        "NOT ENFORCED",
        "NOT ENFORCED DEFERRABLE",
        "DEFERRABLE NOT ENFORCED NOT VALID"
      })
  void seesThatAForeignKeyIsNotCheckedWhereverItSaysSo(String attributes) {
    var key = (TableConstraint.ForeignKey) added("FOREIGN KEY (a) REFERENCES b " + attributes);
    assertThat(key.notValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ENFORCED", "ENFORCED DEFERRABLE", "INITIALLY DEFERRED DEFERRABLE"})
  void seesThatAForeignKeyIsChecked(String attributes) {
    var key = (TableConstraint.ForeignKey) added("FOREIGN KEY (a) REFERENCES b " + attributes);
    assertThat(key.notValid()).isFalse();
  }

  @Test
  void seesThatACheckIsNotEnforced() {
    assertThat(((TableConstraint.Check) added("CHECK (a > 0) NOT ENFORCED")).notValid()).isTrue();
    assertThat(((TableConstraint.Check) added("CHECK (a > 0) ENFORCED")).notValid()).isFalse();
    assertThat(((TableConstraint.Check) added("CHECK (a > 0) NOT VALID NO INHERIT")).notValid())
        .isTrue();
  }

  @Test
  void seesThatTheReferenceOfAColumnIsNotEnforced() {
    var alter = alter("ALTER TABLE t ADD a int REFERENCES b DEFERRABLE NOT ENFORCED NOT NULL");
    var column = ((TableAction.AddColumn) alter.actions().getFirst()).column();
    assertThat(((ColumnConstraint.References) column.constraints().getFirst()).notValid()).isTrue();
    assertThat(column.isNotNull()).isTrue();
  }

  @Test
  void seesWhetherAConstraintIsEnforcedFromNowOn() {
    assertThat(altersEnforcement("ENFORCED")).isTrue();
    assertThat(altersEnforcement("NOT ENFORCED")).isFalse();
    assertThat(altersEnforcement("DEFERRABLE")).isFalse();
  }

  @Test
  void keepsThePlaceOfAnActionWhoseAttributesWereReordered() {
    var script =
        Resource.script(
            "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b DEFERRABLE NOT VALID, DROP c");
    var alter = (Statement.AlterTable) statement(script);
    assertThat(alter.actions().stream().map(action -> script.source().slice(action.span())))
        .containsExactly("ADD FOREIGN KEY (a) REFERENCES b DEFERRABLE NOT VALID", "DROP c");
  }

  @Test
  void readsAScaleBelowZero() {
    var table = (Statement.CreateTable) statement("CREATE TABLE t (a decimal(10, -2))");
    assertThat(table.columns().getFirst().type()).isEqualTo(TypeName.of("numeric", 10, -2));
  }

  @Test
  void seesTheTablesOfAQueryWithoutAlias() {
    var select =
        (Statement.Select)
            statement("SELECT * FROM a, (SELECT * FROM b), c JOIN (TABLE d) ON true");
    assertThat(select.query().tables())
        .containsExactlyInAnyOrder(
            ObjectName.of("a"), ObjectName.of("b"), ObjectName.of("c"), ObjectName.of("d"));
  }

  @Test
  void keepsTheOptionThatMakesVacuumRewrite() {
    assertThat(statement("VACUUM (PROCESS_TOAST false, FULL, INDEX_CLEANUP auto) t"))
        .isEqualTo(new Statement.Vacuum(List.of(ObjectName.of("t")), true));
    assertThat(statement("VACUUM (FULL off, INDEX_CLEANUP auto) t"))
        .isEqualTo(new Statement.Vacuum(List.of(ObjectName.of("t")), false));
    assertThat(statement("VACUUM (INDEX_CLEANUP auto) t"))
        .isEqualTo(new Statement.Vacuum(List.of(ObjectName.of("t")), false));
  }

  @Test
  void keepsTheOptionThatMakesExplainRunTheStatement() {
    assertThat(statement("EXPLAIN (FORMAT 'json', ANALYZE) DELETE FROM t"))
        .isEqualTo(new Statement.Explain(true, statement("DELETE FROM t")));
    assertThat(statement("EXPLAIN (VERBOSE, ANALYZE) REFRESH MATERIALIZED VIEW CONCURRENTLY v"))
        .isEqualTo(
            new Statement.Explain(
                true, new Statement.RefreshMaterializedView(ObjectName.of("v"), true, true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES b DEFERRABLE NOT DEFERRABLE NOT VALID",
        "BEGIN ISOLATION LEVEL READ ONLY",
        "VACUUM (FULL,, INDEX_CLEANUP auto) t",
        "VACUUM (INDEX_CLEANUP auto auto) t",
        "CREATE TABLE t (a int NOT NULL COLLATE)",
        "GRANT SELECT (a), INSERT () ON t TO x",
        "COPY t FROM '/x' CSV QUOTE AS",
        "CREATE SEQUENCE s AS",
        "ALTER FUNCTION f STABLE COST",
        "CREATE AGGREGATE a (int) (stype int)",
        "CREATE AGGREGATE a (int) (stype = )"
      })
  void makesNothingGoodThatTheServerRefuses(String text) {
    assertThat(statement(text)).isInstanceOf(Statement.Rejected.class);
  }

  @Test
  void complainsAboutTheTextAsItIsWritten() {
    assertThat(statement("CREATE FUNCTION f() RETURNS int LANGUAGE 'sql' AS AS 'x'"))
        .isInstanceOf(Statement.Rejected.class)
        .extracting("message")
        .isEqualTo("unexpected \"'sql'\"");
  }

  private static boolean altersEnforcement(String attribute) {
    var alter = alter("ALTER TABLE t ALTER CONSTRAINT c " + attribute);
    return ((TableAction.AlterConstraint) alter.actions().getFirst()).enforces();
  }

  private static TableConstraint added(String constraint) {
    var alter = alter("ALTER TABLE t ADD CONSTRAINT c " + constraint);
    return ((TableAction.AddConstraint) alter.actions().getFirst()).constraint();
  }

  private static Statement.AlterTable alter(String text) {
    return (Statement.AlterTable) statement(text);
  }

  private static Statement statement(String text) {
    return statement(Resource.script(text));
  }

  private static Statement statement(Script script) {
    return script.statements().getFirst().statement();
  }
}
