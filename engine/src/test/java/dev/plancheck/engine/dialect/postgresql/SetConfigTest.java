// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static dev.plancheck.engine.dialect.postgresql.Lowered.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// set_config() with constants does what SET does.
class SetConfigTest {
  @Test
  void setsASetting() {
    assertThat(lowered("SELECT set_config('Lock_Timeout', '2s', false)"))
        .isEqualTo(new Statement.SetVariable("lock_timeout", false, List.of("2s")));
    assertThat(lowered("select pg_catalog.SET_CONFIG('timezone', E'UTC', true)"))
        .isEqualTo(new Statement.SetVariable("timezone", true, List.of("UTC")));
  }

  @Test
  void readsTheSearchPathAsNames() {
    assertThat(lowered("SELECT pg_catalog.set_config('search_path', '', false)"))
        .isEqualTo(lowered("SET search_path = ''"));
    assertThat(lowered("SELECT set_config('search_path', 'S, \"T\", public', false)"))
        .isEqualTo(new Statement.SetVariable("search_path", false, List.of("s", "T", "public")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT set_config('lock_timeout', current_setting('x'), false)",
        "SELECT set_config('lock_timeout', NULL, false)",
        "SELECT set_config('lock_timeout', '2s', $1)",
        "SELECT set_config('lock_timeout', '2s', false) FROM t",
        "SELECT x.set_config('lock_timeout', '2s', false)",
        "SELECT set_config('a', 'b', false), set_config('c', 'd', false)"
      })
  void leavesEverythingElseAQuery(String query) {
    assertThat(lowered(query)).isInstanceOf(Statement.Select.class);
  }

  private static Statement lowered(String text) {
    return only(Resource.script(text));
  }
}
