// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TypeName;
import dev.plancheck.rules.Reviewed;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What old values a new type of MySQL and MariaDB has no place for.
final class NarrowingTest {
  private static final EngineVersion VERSION = EngineVersion.usual(Engine.MYSQL);

  private static final String FITTING =
      """
      int | bigint
      int unsigned | bigint
      tinyint unsigned | smallint
      int | decimal(10,0)
      int | double
      int | varchar(11)
      year | int
      decimal(8,2) | decimal(12,4)
      float | double
      varchar(100) | varchar(200)
      varchar(16000) | text
      tinytext | varchar(255)
      text | mediumtext
      char(36) | varchar(36)
      varchar(10) | varbinary(40)
      blob | longblob
      enum('a','bc') | varchar(2)
      set('a','bc') | varchar(5)
      date | datetime
      timestamp | datetime
      datetime(3) | datetime(6)
      date | varchar(10)
      json | longtext
      bit(3) | bit(8)
      point | int
      """;

  private static final String LOSING =
      """
      bigint | int | -2147483648 to 2147483647
      int | int unsigned | 0 to 4294967295
      int unsigned | int | -2147483648 to 2147483647
      int | decimal(9,0) | more than 9 digits
      int | decimal(12,0) unsigned | negative
      bigint | double | fifteenth
      int | float | seventh
      int | varchar(10) | more than 10 characters
      int | date | no dates
      decimal(10,2) | int | behind the point
      decimal(10,0) | int | outside
      decimal(10,2) | decimal(10,3) | more than 7 digits
      decimal(10,2) | double | nearest
      double | float | seventh
      double | decimal(20,5) | no place
      varchar(200) | varchar(100) | 100 characters
      varchar(100) | tinytext | 255 bytes
      text | varchar(1000) | 1000 characters
      mediumtext | text | 65535 bytes
      varchar(40) | varbinary(40) | 40 bytes
      varchar(10) | int | no numbers
      varchar(10) | json | no JSON
      varchar(10) | enum('a') | not in its list
      blob | text | no text
      enum('a','bcd') | varchar(2) | 2 characters
      enum('a') | int | places
      datetime | date | times of day
      datetime | timestamp | 2038
      datetime(6) | datetime | fractions
      datetime | time | days
      date | year | months
      datetime | varchar(10) | 10 characters
      json | text | 65535 bytes
      bit(8) | bit(3) | first 3
      """;

  @Test
  void everyValueFits() {
    assertThat(FITTING.lines().map(NarrowingTest::cells))
        .allSatisfy(cells -> assertThat(lost(cells)).as(cells.toString()).isEmpty());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThat(LOSING.lines().map(NarrowingTest::cells))
        .allSatisfy(cells -> assertThat(lost(cells)).as(cells.toString()).contains(cells.get(2)));
  }

  private static List<String> cells(String line) {
    return List.of(line.strip().split("\\s*\\|\\s*", -1));
  }

  private static String lost(List<String> cells) {
    return Narrowing.of(type(cells.get(0)), type(cells.get(1)));
  }

  private static TypeName type(String written) {
    var script = Reviewed.script("CREATE TABLE t (c %s)".formatted(written), VERSION);
    return ((Statement.CreateTable) script.statements().getFirst().statement())
        .columns()
        .getFirst()
        .type();
  }
}
