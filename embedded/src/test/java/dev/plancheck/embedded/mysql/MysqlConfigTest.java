// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class MysqlConfigTest {
  private static final MysqlConfig CONFIG =
      MysqlConfig.of(
          new MysqlBinaries(Path.of("/bin/mysqld"), Path.of("/"), "8.0.15", "8.0.15-x"), "tenants");

  @Test
  void keepsOptionsAndRefusesWhatIsNone() {
    assertThat(CONFIG.withOption("sql_mode", "ANSI").withOption("skip-log-bin", "").options())
        .containsEntry("sql_mode", "ANSI")
        .containsEntry("skip-log-bin", "");
    assertThatThrownBy(() -> CONFIG.withOption("--user", "root"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option: --user (expected: small letters, digits, _ and -)");
  }

  @Test
  void aLabelIsPartOfAFolderName() {
    assertThat(CONFIG.withLabel("replica-2").label()).isEqualTo("replica-2");
    assertThatThrownBy(() -> CONFIG.withLabel("../x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label: ../x");
  }
}
