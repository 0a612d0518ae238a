// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KindRiskTest {
  @Test
  void knowsWhatLosesDataWhatChangesAndWhatAdds() {
    var expected =
        Map.of(
            Risk.HIGH,
            List.of("DROP TABLE", "DROP SCHEMA", "DROP DATABASE", "DROP COLUMN", "TRUNCATE"),
            Risk.MODERATE,
            List.of(
                "DELETE",
                "UPDATE",
                "MERGE",
                "ALTER TABLE",
                "ALTER TYPE",
                "DROP INDEX",
                "DROP VIEW",
                "DO",
                "CALL",
                "GRANT",
                "LOCK",
                "REINDEX",
                "CREATE DATABASE"),
            Risk.LOW,
            List.of("CREATE TABLE", "CREATE INDEX", "INSERT", "SELECT", "SET", "BEGIN"));

    expected.forEach((risk, types) ->
        assertThat(types)
            .allSatisfy(type -> assertThat(KindRisk.of(type)).as(type).isEqualTo(risk)));
  }
}
