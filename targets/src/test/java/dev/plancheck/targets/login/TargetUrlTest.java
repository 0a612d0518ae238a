// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.engine.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which URLs name a database, and that a password shows up in no message.
final class TargetUrlTest {
  @Test
  void readsAllParts() {
    assertThat(TargetUrl.parse("postgresql://ann:secret@db1:6432/shop?sslmode=verify-full"))
        .isEqualTo(
            new TargetUrl(
                Engine.POSTGRESQL, "db1", 6432, "ann", "secret", "shop", TlsMode.VERIFY_FULL));
  }

  @Test
  void fillsInWhatLibpqFillsIn() {
    var user = System.getProperty("user.name");
    assertThat(TargetUrl.parse("postgres://"))
        .isEqualTo(
            new TargetUrl(Engine.POSTGRESQL, "localhost", 5432, user, null, user, TlsMode.PREFER));
    assertThat(TargetUrl.parse("postgresql://ann@db1"))
        .isEqualTo(
            new TargetUrl(Engine.POSTGRESQL, "db1", 5432, "ann", null, "ann", TlsMode.PREFER));
  }

  @Test
  void decodesPercentSigns() {
    assertThat(TargetUrl.parse("postgresql://a%40b:p%2Fw%25%C3%A4+@db1/s%20p"))
        .isEqualTo(
            new TargetUrl(Engine.POSTGRESQL, "db1", 5432, "a@b", "p/w%ä+", "s p", TlsMode.PREFER));
  }

  @Test
  void readsIpv6AndParameters() {
    assertThat(TargetUrl.parse("postgresql://ann@[2001:db8::1]:5433/shop"))
        .isEqualTo(
            new TargetUrl(
                Engine.POSTGRESQL, "2001:db8::1", 5433, "ann", null, "shop", TlsMode.PREFER));
    assertThat(
            TargetUrl.parse(
                "jdbc:postgresql:///shop?host=db1&port=7000&user=ann&password=x&connect_timeout=3"))
        .isEqualTo(
            new TargetUrl(Engine.POSTGRESQL, "db1", 7000, "ann", "x", "shop", TlsMode.PREFER));
  }

  @Test
  void hidesThePasswordWhenPrinted() {
    assertThat(TargetUrl.parse("postgresql://ann:secret@[::1]/shop"))
        .hasToString("postgresql://ann:***@[::1]:5432/shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann:secret@db1/shop",
        "oracle://ann:secret@db1/shop",
        "postgresql://ann:secret/1@db1/shop",
        "postgresql://ann:12/secret@db1/shop",
        "postgresql://ann:1?secret@db1/shop",
        "postgresql://ann:sec@secret@db1/shop",
        "postgresql://ann:se#secret@db1/shop",
        "postgresql://ann:secret%@db1/shop",
        "postgresql://ann:secret%FF@db1/shop",
        "postgresql://ann:secret@db1:70000/shop",
        "postgresql://ann:secret@db1:port/shop",
        "postgresql://ann:secret@db1/shop?sslmode=secret",
        "postgresql://ann:secret@db1/shop?secret=1",
        "postgresql://ann:secret@db1/shop?sslmode",
        "postgresql://ann@db1/shop?password=secret@1",
        "postgresql://ann:secret@db 1/shop",
        "postgresql://ann:secret@/shop?host=/var/run/postgresql",
        "postgresql://ann:secret@db1,db2/shop",
        "postgresql://ann:secret@[::1/shop",
      })
  void refusesWithoutRepeatingThePassword(String text) {
    assertThatThrownBy(() -> TargetUrl.parse(text))
        .isInstanceOf(ApiException.class)
        .message()
        .startsWith("The target's URL ")
        .doesNotContain("secret")
        .contains("expected: postgresql://user:password@host:port/database");
  }

  @Test
  void readsThoseOfMysqlAndMariadb() {
    assertThat(TargetUrl.parse("mysql://ann:secret@db1/shop"))
        .isEqualTo(
            new TargetUrl(Engine.MYSQL, "db1", 3306, "ann", "secret", "shop", TlsMode.PREFER));
    assertThat(TargetUrl.parse("jdbc:mariadb://ann@db1:3307/shop?sslmode=trust"))
        .isEqualTo(new TargetUrl(Engine.MARIADB, "db1", 3307, "ann", null, "shop", TlsMode.REQUIRE))
        .hasToString("mariadb://ann@db1:3307/shop");
    assertThat(TargetUrl.parse("mariadb://ann@db1/shop").instance("db1").engine())
        .isEqualTo(Engine.MARIADB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:secret@db1",
        "mysql://ann:secret@db1/",
        "mysql://ann:secret@db1/shop?secret=1",
      })
  void refusesInTheWordsOfTheEngine(String text) {
    assertThatThrownBy(() -> TargetUrl.parse(text))
        .isInstanceOf(ApiException.class)
        .message()
        .doesNotContain("secret")
        .contains("expected: mysql://user:password@host:port/database");
  }
}
