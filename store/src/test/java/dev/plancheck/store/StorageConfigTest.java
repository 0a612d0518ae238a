// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StorageConfigTest {
  @Test
  void readsTheUrlThatPsqlTakes() {
    assertThat(StorageConfig.parse("postgresql://me:pa%40ss%2Fw+d@db.example.org:5433/meta"))
        .isEqualTo(
            StorageConfig.of("jdbc:postgresql://db.example.org:5433/meta", "me", "pa@ss/w+d"));
    assertThat(StorageConfig.parse("postgres://me@[::1]/meta?sslmode=require"))
        .isEqualTo(config("jdbc:postgresql://[::1]/meta?sslmode=require", "me", null));
    assertThat(StorageConfig.parse("postgresql://a:5432,b:5432/meta"))
        .isEqualTo(config("jdbc:postgresql://a:5432,b:5432/meta", null, null));
  }

  @Test
  void readsTheUrlThatJdbcTakes() {
    assertThat(StorageConfig.parse("jdbc:postgresql://db/meta?user=me&password=secret"))
        .isEqualTo(config("jdbc:postgresql://db/meta?user=me&password=secret", null, null));
    assertThat(StorageConfig.parse("jdbc:postgresql://me:secret@db/meta"))
        .isEqualTo(StorageConfig.of("jdbc:postgresql://db/meta", "me", "secret"));
  }

  @Test
  void takesAnAtSignInTheDatabaseForAPartOfIt() {
    assertThat(StorageConfig.parse("postgresql://db/meta@home"))
        .isEqualTo(config("jdbc:postgresql://db/meta@home", null, null));
  }

  @Test
  void refusesAnythingElseWithoutShowingThePassword() {
    for (var url :
        List.of(
            "mysql://me:secret@db/meta",
            "me:secret@db/meta",
            "jdbc:mysql://me:secret@db/meta",
            "http://db/meta?password=secret")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StorageConfig.parse(url))
          .withMessageContaining("expected: postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
          .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("secret"));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> StorageConfig.parse(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StorageConfig.parse("postgresql://db/meta").withPoolSize(0))
        .withMessageContaining("pool size: 0");
  }

  @Test
  void neverShowsThePassword() {
    for (var url :
        List.of(
            "postgresql://me:secret@db/meta",
            "jdbc:postgresql://db/meta?user=me&password=secret",
            "jdbc:postgresql://me:secret@db/meta")) {
      assertThat(StorageConfig.parse(url)).hasToString("StorageConfig[db/meta, 10 connections]");
    }
  }

  private static StorageConfig config(
      String url, @Nullable String user, @Nullable String password) {
    return new StorageConfig(
        url, user, password, StorageConfig.DEFAULT_POOL_SIZE, StorageConfig.DEFAULT_RESULT_BUDGET);
  }
}
