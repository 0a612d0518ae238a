// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.text.Span;
import org.junit.jupiter.api.Test;

final class OutlineTest {
  private static final EngineVersion MYSQL = EngineVersion.usual(Engine.MYSQL);

  @Test
  void stringsAreEmptyAndQuotedNamesAreNames() {
    assertThat(of("a = 'it''s \\' x'", MYSQL)).isEqualTo("A = '          '");
    assertThat(of("a = \"x y\"", MYSQL)).isEqualTo("A = \"   \"");
    assertThat(of("`a b`.c", MYSQL)).isEqualTo("XXXXX.C");
    assertThat(of("a = \"x y\"", EngineVersion.POSTGRESQL_LATEST)).isEqualTo("A = XXXXX");
    assertThat(of("a = 'x\\' or b", EngineVersion.POSTGRESQL_LATEST)).isEqualTo("A = '  ' OR B");
  }

  @Test
  void whatStandsInBracketsIsLeftOut() {
    assertThat(of("f(a, (b), 'c)') d", MYSQL)).isEqualTo("F(            ) D");
  }

  @Test
  void commentsAreLeftOutUnlessTheServerRunsThem() {
    assertThat(of("a /* x */ b", MYSQL)).isEqualTo("A         B");
    assertThat(of("a # x", MYSQL).strip()).isEqualTo("A");
    assertThat(of("a -- x\n b", MYSQL)).isEqualTo("A     \n B");
    assertThat(of("a /*!80000 b */ c", MYSQL)).startsWith("A          B ");
  }

  private static String of(String sql, EngineVersion version) {
    return Outline.of(Reviewed.script(sql, version), new Span(0, sql.length()));
  }
}
