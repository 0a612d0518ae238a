// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// One login by SCRAM-SHA-256 (RFC 5802 and 7677), bound to the channel where TLS has one to bind
/// to. Both sides prove that they know the password's keys: [#verify] must succeed before anything
/// that the server says counts. Used once, in the order of its methods.
final class Scram {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Destination destination;
  private final String password;
  private final ScramKeys keys;
  private final byte @Nullable [] binding;
  private final String header;
  private final String nonce;
  private byte[] serverSignature = new byte[0];

  /// `binding` is the hash of the server's certificate for SCRAM-SHA-256-PLUS, null for the plain
  /// kind; `wouldBind` tells the server that only it keeps us from binding, so that nobody between
  /// can strike the stronger kind off its list.
  Scram(
      Destination destination,
      String password,
      ScramKeys keys,
      byte @Nullable [] binding,
      boolean wouldBind) {
    this.destination = destination;
    this.password = password;
    this.keys = keys;
    this.binding = binding;
    this.header = binding != null ? "p=tls-server-end-point,," : wouldBind ? "y,," : "n,,";
    var random = new byte[18];
    RANDOM.nextBytes(random);
    this.nonce = base64(random);
  }

  /// The server knows the user from the start-up message.
  String first() {
    return header + "n=,r=" + nonce;
  }

  /// The answer to the server's first message; it holds the proof.
  String last(String serverFirst) throws ProtocolException {
    var parts = serverFirst.split(",", -1);
    if (parts.length < 3
        || !parts[0].startsWith("r=" + nonce)
        || parts[0].length() == 2 + nonce.length()) {
      throw new ProtocolException("its part of the login is not of this login");
    }
    var of = keys.of(destination, password, decoded(value(parts[1], "s=")), number(parts[2]));
    var withoutProof = "c=" + base64(channel()) + "," + parts[0];
    var message = bytes("n=,r=" + nonce + "," + serverFirst + "," + withoutProof);
    var proof = of.client();
    var signature = ScramKeys.hmac(sha256(of.client()), message);
    for (var at = 0; at < proof.length; at++) {
      proof[at] ^= signature[at];
    }
    serverSignature = ScramKeys.hmac(of.server(), message);
    return withoutProof + ",p=" + base64(proof);
  }

  void verify(String serverLast) throws ProtocolException {
    var given = decoded(value(serverLast.split(",", -1)[0], "v="));
    if (serverSignature.length == 0 || !MessageDigest.isEqual(given, serverSignature)) {
      throw new ProtocolException(
          "it does not know the password either: something else answers in the server's place");
    }
  }

  private byte[] channel() {
    var prefix = bytes(header);
    if (binding == null) {
      return prefix;
    }
    var whole = java.util.Arrays.copyOf(prefix, prefix.length + binding.length);
    System.arraycopy(binding, 0, whole, prefix.length, binding.length);
    return whole;
  }

  private static String value(String part, String name) throws ProtocolException {
    if (!part.startsWith(name)) {
      throw new ProtocolException("its part of the login lacks %s".formatted(name));
    }
    return part.substring(name.length());
  }

  private static int number(String part) throws ProtocolException {
    try {
      return Integer.parseInt(value(part, "i="));
    } catch (NumberFormatException e) {
      throw new ProtocolException("its part of the login has no number of rounds", e);
    }
  }

  private static byte[] decoded(String text) throws ProtocolException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("its part of the login is not in base 64", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
