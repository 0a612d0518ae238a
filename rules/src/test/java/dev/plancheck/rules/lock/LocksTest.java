// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.rules.Reviewed;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Locks that `ddl-matrix-pg.tsv` does not speak of, measured on PostgreSQL 18.6 with `pg_locks`.
final class LocksTest {
  private static final Schema TARGET =
      Reviewed.target(
          """
          CREATE TYPE state AS ENUM ('a', 'b');
          CREATE DOMAIN pages AS int;
          CREATE TABLE p (id int PRIMARY KEY);
          CREATE TABLE t (id int PRIMARY KEY, a int, s state, n pages,
            CONSTRAINT f FOREIGN KEY (a) REFERENCES p NOT ENFORCED);
          CREATE VIEW v AS SELECT id FROM t;
          CREATE TABLE part (k int) PARTITION BY RANGE (k);
          CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (100);
          CREATE TABLE part_def (k int);
          ALTER TABLE part ATTACH PARTITION part_def DEFAULT;
          CREATE TABLE parent (a int);
          CREATE TABLE kid (b int) INHERITS (parent);
          """,
          Reviewed.postgresql(18),
          Map.of());

  @Test
  void rulesAndPoliciesLockTheirTable() {
    assertThat(locks("CREATE RULE r AS ON INSERT TO t DO ALSO NOTIFY x"))
        .isEqualTo("t ACCESS EXCLUSIVE");
    assertThat(locks("CREATE POLICY p ON t USING (true)")).isEqualTo("t ACCESS EXCLUSIVE");
    assertThat(locks("ALTER POLICY p ON t USING (true)")).isEqualTo("t ACCESS EXCLUSIVE");
    assertThat(locks("COMMENT ON POLICY p ON t IS 'x'")).isEmpty();
    assertThat(locks("GRANT SELECT ON t TO x")).isEmpty();
  }

  @Test
  void optionsOfAViewNeedMoreThanThoseOfATable() {
    assertThat(locks("ALTER VIEW v SET (security_barrier = true)")).isEqualTo("v ACCESS EXCLUSIVE");
    assertThat(locks("ALTER TABLE t SET (fillfactor = 70)")).isEmpty();
    assertThat(locks("ALTER TABLE t ALTER a SET (n_distinct = 5)")).isEmpty();
    assertThat(locks("ALTER TABLE t SET (user_catalog_table = true)"))
        .isEqualTo("t ACCESS EXCLUSIVE");
  }

  @Test
  void aTypeThatTakesItsColumnsAlongLocksTheirTables() {
    assertThat(locks("DROP TYPE state CASCADE")).isEqualTo("t ACCESS EXCLUSIVE");
    assertThat(locks("DROP DOMAIN pages CASCADE")).isEqualTo("t ACCESS EXCLUSIVE");
    assertThat(locks("DROP TYPE state")).isEmpty();
  }

  @Test
  void aPartitionThatIsDroppedLocksItsParentAndTheDefaultOne() {
    assertThat(locks("DROP TABLE part1"))
        .isEqualTo("part ACCESS EXCLUSIVE, part1 ACCESS EXCLUSIVE, part_def ACCESS EXCLUSIVE");
    assertThat(locks("DROP TABLE kid")).isEqualTo("kid ACCESS EXCLUSIVE");
  }

  @Test
  void enforcingAForeignKeyLocksBothTables() {
    assertThat(locks("ALTER TABLE t ALTER CONSTRAINT f ENFORCED"))
        .isEqualTo("p SHARE ROW EXCLUSIVE, t ACCESS EXCLUSIVE");
    assertThat(locks("ALTER TABLE t ALTER CONSTRAINT f DEFERRABLE"))
        .isEqualTo("t ACCESS EXCLUSIVE");
  }

  private static String locks(String sql) {
    var statement = Reviewed.script(sql, TARGET.version()).statements().getFirst().statement();
    return String.join(
        ", ",
        Locks.of(statement, TARGET).stream()
            .map(lock -> lock.relation().name() + " " + lock.mode().sql())
            .toList());
  }
}
