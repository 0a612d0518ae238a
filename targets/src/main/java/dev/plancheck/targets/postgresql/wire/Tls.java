// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.SocketFactoryFactory;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.PGjdbcHostnameVerifier;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/// Begins TLS on a connection as the JDBC driver does it: the same modes, the same trusted
/// certificates, the same check of names.
final class Tls {
  private static final int REQUEST = 80_877_103;

  private Tls() {}

  /// The socket to go on with: `plain` itself where the mode does without.
  static Socket begin(Socket plain, Destination destination) throws SQLException, IOException {
    var mode = destination.mode();
    switch (mode) {
      case DISABLE, ALLOW -> {
        return plain;
      }
      case PREFER, REQUIRE, VERIFY_CA, VERIFY_FULL -> {}
    }
    var packets = new Packets(plain, 0);
    packets.addUntyped(Packets.int32(REQUEST)).send();
    var answer = packets.readByte();
    if (packets.hasMore()) {
      // What comes before the handshake could be put there by anybody.
      throw new ProtocolException("it sent something before TLS began");
    }
    if (answer == 'S') {
      return handshake(plain, destination);
    }
    if (mode.requireEncryption()) {
      throw new PSQLException("The server does not support SSL.", PSQLState.CONNECTION_REJECTED);
    }
    if (answer != 'N') {
      throw new ProtocolException("it does not know what TLS is");
    }
    return plain;
  }

  private static Socket handshake(Socket plain, Destination destination)
      throws SQLException, IOException {
    var factory = SocketFactoryFactory.getSslSocketFactory(destination.tls());
    var secured =
        (SSLSocket) factory.createSocket(plain, destination.host(), destination.port(), true);
    secured.setUseClientMode(true);
    secured.startHandshake();
    if (factory instanceof LibPQFactory ours) {
      ours.throwKeyManagerException();
    }
    if (destination.mode().verifyPeerName()
        && !PGjdbcHostnameVerifier.INSTANCE.verify(destination.host(), secured.getSession())) {
      secured.close();
      throw new PSQLException("The certificate names another host.", PSQLState.CONNECTION_FAILURE);
    }
    return secured;
  }

  /// What SCRAM binds a login to (RFC 5929, section 4.1): a hash of the server's certificate by the
  /// hash of its own signature. Null without TLS, and for signatures without one.
  static byte @Nullable [] binding(Socket socket) {
    if (!(socket instanceof SSLSocket secured)) {
      return null;
    }
    try {
      var certificate = (X509Certificate) secured.getSession().getPeerCertificates()[0];
      var signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
      var with = signature.indexOf("WITH");
      if (with < 0) {
        return null;
      }
      var hash =
          switch (signature.substring(0, with)) {
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            case "SHA224" -> "SHA-224";
            case "MD5", "SHA1", "SHA256" -> "SHA-256";
            default -> null;
          };
      return hash == null ? null : MessageDigest.getInstance(hash).digest(certificate.getEncoded());
    } catch (IOException | NoSuchAlgorithmException | CertificateEncodingException _) {
      return null;
    }
  }
}
