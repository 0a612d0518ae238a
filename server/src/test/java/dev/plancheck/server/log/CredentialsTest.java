// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CredentialsTest {
  @Test
  void passwordsInUrlsAreHiddenWhateverTheyHold() {
    assertThat(Credentials.hide("at postgresql://bob:s3cr3t@db.example:5432/shop?x=1"))
        .isEqualTo("at postgresql://********@db.example:5432/shop?x=1");
    assertThat(Credentials.hide("jdbc:postgresql://bob:p@ss:w@db/shop"))
        .isEqualTo("jdbc:postgresql://********@db/shop");
    assertThat(Credentials.hide("see http://127.0.0.1:8080/docs and mail me@example.com"))
        .isEqualTo("see http://127.0.0.1:8080/docs and mail me@example.com");
  }

  @Test
  void namedPasswordsAreHidden() {
    assertThat(Credentials.hide("connect host=db password=s3cr3t user=bob"))
        .isEqualTo("connect host=db password=******** user=bob");
    assertThat(Credentials.hide("{\"password\": \"s3 cr3t\", \"user\": \"bob\"}"))
        .isEqualTo("{\"password\": ********, \"user\": \"bob\"}");
    assertThat(Credentials.hide("{\"message\":\"got \\\"password\\\":\\\"s3cr3t\\\" here\"}"))
        .doesNotContain("s3cr3t");
    assertThat(Credentials.hide("PGPASSWORD='s3 cr3t' psql")).isEqualTo("PGPASSWORD=******** psql");
    assertThat(Credentials.hide("password authentication failed for user bob"))
        .isEqualTo("password authentication failed for user bob");
  }
}
