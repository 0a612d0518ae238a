// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.sql.TypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueTextTest {
  private static final EngineVersion MYSQL = new EngineVersion(Engine.MYSQL, 8, 0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int(11)                | int
          int(10) unsigned       | integer unsigned
          int(5) unsigned zerofill | int zerofill
          tinyint(1)             | boolean
          tinyint(4)             | tinyint
          tinyint(3) unsigned    | tinyint(1) unsigned
          bigint(20)             | int8
          year(4)                | year
          decimal(10,0)          | numeric
          decimal(8,0)           | dec(8)
          decimal(8,2) unsigned  | decimal(8,2) unsigned
          float                  | float(10)
          double                 | float(53)
          double                 | double precision
          char(1)                | char
          binary(1)              | binary
          bit(1)                 | bit
          varchar(40)            | character varying(40)
          datetime               | datetime(0)
          timestamp(3)           | timestamp(3)
          mediumtext             | long
          text                   | text(1000)
          enum('new','it''s')    | enum( "new" , 'it\\'s' )
          set('a','b')           | SET('a', 'b')
          """)
  void whatIsShownEqualsWhatIsWritten(String shown, String written) {
    assertThat(CatalogueText.type(shown, MYSQL)).isEqualTo(CatalogueText.type(written, MYSQL));
  }

  @Test
  void tellsSignsLengthsAndValuesApart() {
    assertThat(CatalogueText.type("int(10) unsigned", MYSQL))
        .isEqualTo(TypeName.of("int unsigned"))
        .isNotEqualTo(CatalogueText.type("int(10)", MYSQL));
    assertThat(CatalogueText.type("varchar(40)", MYSQL)).isEqualTo(TypeName.of("varchar", 40));
    assertThat(CatalogueText.type("enum('a')", MYSQL))
        .isNotEqualTo(CatalogueText.type("enum('a','b')", MYSQL));
    assertThat(CatalogueText.type("tinyint(1)", MYSQL)).isEqualTo(TypeName.of("tinyint", 1));
  }

  @Test
  void whatIsNoTypeIsTakenByItsName() {
    assertThat(CatalogueText.type("`ODD`", MYSQL)).isEqualTo(TypeName.of("`odd`"));
  }
}
