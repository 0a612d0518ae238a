// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class SignatureTest {
  @Test
  void itIsWhatOpensslSays() {
    assertThat(
            Signature.of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void secretsAreLongAndNeverTheSame() {
    var random = new SecureRandom();
    assertThat(Signature.newSecret(random)).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(Signature.newSecret(random)).isNotEqualTo(Signature.newSecret(random));
  }
}
