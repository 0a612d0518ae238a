// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/// A certificate that nobody signed but itself, for one host name, made by the JDK's keytool.
record SelfMadeCertificate(Path file, String pem, String keyPem) {
  static final SelfMadeCertificate NONE = new SelfMadeCertificate(Path.of(""), "", "");

  private static final String PASSWORD = "changeit";

  static SelfMadeCertificate make(Path folder, String host)
      throws IOException, InterruptedException, GeneralSecurityException {
    Files.createDirectories(folder);
    var store = folder.resolve("store.p12");
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    if (made.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Key key = keys.getKey("server", PASSWORD.toCharArray());
    var pem = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
    return new SelfMadeCertificate(
        Files.writeString(folder.resolve("root.crt"), pem),
        pem,
        pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String kind, byte[] bytes) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
  }
}
