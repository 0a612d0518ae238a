// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import com.ongres.saslprep.SASLprep;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The keys of SCRAM logins, each computed once: that takes thousands of hashes, and the salt of a
/// role is the same for all databases of its server, so RFC 7677, section 4, lets clients keep
/// them.
///
/// In memory only. A password is told from another by a keyed hash, whose key dies with the
/// process. Safe for many threads.
public final class ScramKeys {
  /// So many are kept; then all are forgotten and computed again where needed.
  private static final int MOST = 256;

  /// More would let a server keep a core of ours busy for as long as it likes.
  private static final int MOST_ITERATIONS = 1_000_000;

  private record Role(
      String host, int port, String user, String salt, int iterations, String password) {}

  /// What a login of a role needs instead of its password (RFC 5802, section 3).
  static final class Keys {
    private final byte[] client;
    private final byte[] server;

    private Keys(byte[] client, byte[] server) {
      this.client = client;
      this.server = server;
    }

    byte[] client() {
      return client.clone();
    }

    byte[] server() {
      return server.clone();
    }
  }

  private final Map<Role, Keys> known = new ConcurrentHashMap<>();
  private final byte[] secret = new byte[32];

  public ScramKeys() {
    new SecureRandom().nextBytes(secret);
  }

  Keys of(Destination destination, String password, byte[] salt, int iterations)
      throws ProtocolException {
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      throw new ProtocolException(
          "it asks for %d rounds of hashing a password (expected: 1 to %d)"
              .formatted(iterations, MOST_ITERATIONS));
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    var role =
        new Role(
            destination.host(),
            destination.port(),
            destination.user(),
            Base64.getEncoder().encodeToString(salt),
            iterations,
            Base64.getEncoder().encodeToString(hmac(secret, bytes(password))));
    return known.computeIfAbsent(role, _ -> keys(password, salt, iterations));
  }

  private static Keys keys(String password, byte[] salt, int iterations) {
    var characters = prepared(password).toCharArray();
    var wanted = new PBEKeySpec(characters, salt, iterations, 256);
    try {
      var salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(wanted).getEncoded();
      return new Keys(hmac(salted, bytes("Client Key")), hmac(salted, bytes("Server Key")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PBKDF2 and SHA-256", e);
    } finally {
      wanted.clearPassword();
      Arrays.fill(characters, ' ');
    }
  }

  /// PostgreSQL takes what SASLprep (RFC 4013) refuses as it stands.
  private static String prepared(String password) {
    try {
      return new SASLprep().prepareStored(password);
    } catch (IllegalArgumentException _) {
      return password;
    }
  }

  static byte[] hmac(byte[] key, byte[] message) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
