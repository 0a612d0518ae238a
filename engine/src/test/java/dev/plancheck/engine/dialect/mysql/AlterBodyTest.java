// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.mysql.AlterBody.Cut;
import dev.plancheck.engine.dialect.mysql.AlterBody.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is left of an ALTER TABLE without its table, and what is not let through.
final class AlterBodyTest {
  @Test
  void isCutBehindTheNameWhereverTheNameStands() {
    assertThat(of("ALTER TABLE book ADD book int, DROP COLUMN x"))
        .isEqualTo(new Cut("ADD book int, DROP COLUMN x", true));
    assertThat(of("alter /* book */ table shop . `a ``book`` (c)`\n ADD COLUMN (a int, b int)"))
        .isEqualTo(new Cut("ADD COLUMN (a int, b int)", true));
    assertThat(of("ALTER TABLE book ADD note text COMMENT 'EXCHANGE; SELECT' -- note"))
        .isEqualTo(new Cut("ADD note text COMMENT 'EXCHANGE; SELECT'", true));
    assertThat(of("ALTER TABLE book ENGINE = InnoDB, ADD (`connection` int)"))
        .isInstanceOf(Cut.class);
    assertThat(
            of(
                "ALTER TABLE book ADD d date DEFAULT (curdate()), ADD u binary(16) DEFAULT"
                    + " (uuid())"))
        .isInstanceOf(Cut.class);
    assertThat(
            AlterBody.of("ALTER TABLE book NOWAIT ADD a int", EngineVersion.usual(Engine.MARIADB)))
        .isEqualTo(new Cut("ADD a int", true));
  }

  @Test
  void takesNoClauseBeforePartitions() {
    assertThat(of("ALTER TABLE book PARTITION BY HASH (id) PARTITIONS 4"))
        .isEqualTo(new Cut("PARTITION BY HASH (id) PARTITIONS 4", false));
    assertThat(of("ALTER TABLE book REMOVE PARTITIONING"))
        .isEqualTo(new Cut("REMOVE PARTITIONING", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE book EXCHANGE PARTITION p WITH TABLE other",
        "ALTER TABLE book DISCARD TABLESPACE",
        "ALTER TABLE book ENGINE = MyISAM",
        "ALTER TABLE book ENGINE MEMORY",
        "ALTER TABLE book ENGINE = InnoDB, ENGINE = 'FEDERATED'",
        "ALTER TABLE book PARTITION BY HASH (id) (PARTITION p ENGINE = MyISAM)",
        "ALTER TABLE book PARTITION BY HASH (id) (PARTITION p DATA DIRECTORY = '/tmp')",
        "ALTER TABLE book DATA DIRECTORY = '/tmp'",
        "ALTER TABLE book CONNECTION = 'mysql://elsewhere/t'",
        "ALTER TABLE book UNION = (a, b)",
        "ALTER TABLE book TABLESPACE other",
        "ALTER TABLE book ADD FOREIGN KEY (a) REFERENCES other (id)",
        "ALTER TABLE book ADD a int REFERENCES other (id)",
        "ALTER TABLE book ADD a int DEFAULT (shop.writes())",
        "ALTER TABLE book ADD a int DEFAULT (writes())",
        "ALTER TABLE book ADD a int AS (writes(b))",
        "ALTER TABLE book ADD CHECK (writes(b) > 0)",
        "ALTER TABLE book ADD a int DEFAULT (@x)",
        "ALTER TABLE book ADD a int /*!50000 , EXCHANGE PARTITION p WITH TABLE other */",
        "ALTER TABLE book ADD a int /*!99999 , ADD b int */",
        "ALTER TABLE book ADD a int; DROP TABLE other",
        "DROP TABLE book"
      })
  void letsNothingThroughThatReachesFurther(String statement) {
    assertThat(of(statement)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ALTER TABLE book ADD a int DEFAULT NEXTVAL(numbers), NEXTVAL",
    "ALTER TABLE book ADD a int DEFAULT (NEXT VALUE FOR numbers), NEXT"
  })
  void takesNoNumberOfASequence(String statement, String word) {
    assertThat(AlterBody.of(statement, EngineVersion.usual(Engine.MARIADB)))
        .isEqualTo(new Refused("it says " + word));
  }

  private static AlterBody of(String statement) {
    return AlterBody.of(statement, EngineVersion.usual(Engine.MYSQL));
  }
}
