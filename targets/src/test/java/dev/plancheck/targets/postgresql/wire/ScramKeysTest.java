// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.SslMode;

final class ScramKeysTest {
  private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

  private final ScramKeys keys = new ScramKeys();

  /// The keys of the example in RFC 7677, section 3: its proof and signature follow from them.
  @Test
  void areThoseOfTheStandard() throws Exception {
    var found = keys.of(to("host", "user"), "pencil", SALT, 4096);
    var message =
        "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
            + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    var signature = ScramKeys.hmac(found.server(), message.getBytes(StandardCharsets.UTF_8));
    assertThat(Base64.getEncoder().encodeToString(signature))
        .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  }

  @Test
  void areComputedOnceForARole() throws Exception {
    var first = keys.of(to("host", "user"), "pencil", SALT, 4096);
    assertThat(keys.of(to("host", "user"), "pencil", SALT.clone(), 4096)).isSameAs(first);
    assertThat(keys.of(to("host", "user"), "pencils", SALT, 4096)).isNotSameAs(first);
    assertThat(keys.of(to("host", "other"), "pencil", SALT, 4096)).isNotSameAs(first);
    assertThat(keys.of(to("other", "user"), "pencil", SALT, 4096)).isNotSameAs(first);
    assertThat(keys.of(to("host", "user"), "pencil", SALT, 4097)).isNotSameAs(first);
    assertThat(keys.of(to("host", "user"), "pencil", new byte[16], 4096)).isNotSameAs(first);
  }

  @Test
  void areForgottenBeforeTheyAreTooMany() throws Exception {
    var first = keys.of(to("host", "user"), "pencil", SALT, 1);
    for (var role = 0; role < 300; role++) {
      keys.of(to("host", "user" + role), "pencil", SALT, 1);
    }
    assertThat(keys.of(to("host", "user"), "pencil", SALT, 1)).isNotSameAs(first);
  }

  @Test
  void areNotComputedForAnyNumberOfRounds() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> keys.of(to("host", "user"), "pencil", SALT, 0));
  }

  private static Destination to(String host, String user) {
    return new Destination(
        host,
        5432,
        user,
        "database",
        SslMode.DISABLE,
        new Properties(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }
}
