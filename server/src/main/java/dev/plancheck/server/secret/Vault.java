// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.plancheck.checks.plan.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/// Seals passwords and other secrets with the server's own key (AES-256-GCM by Tink). What is
/// sealed opens only for the resource that it was sealed for, and only with this key.
public final class Vault {
  private final Aead aead;

  private Vault(Aead aead) {
    this.aead = aead;
  }

  /// The vault whose key is in `file`, which is made, readable for its owner only, if there is
  /// none. Throws [dev.plancheck.checks.ApiException] for a key that others can read or that is
  /// damaged.
  public static Vault open(Path file) throws IOException {
    try {
      AeadConfig.register();
      var configuration = RegistryConfiguration.get();
      return new Vault(
          keys(new KeyFile(file), configuration).getPrimitive(configuration, Aead.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not available", e);
    }
  }

  private static KeysetHandle keys(KeyFile file, Configuration configuration)
      throws IOException, GeneralSecurityException {
    var text = file.read();
    if (text.isPresent()) {
      return parse(file, text.get(), configuration);
    }
    var keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, configuration);
    file.create(
        TinkJsonProtoKeysetFormat.serializeKeyset(
            keys, configuration, InsecureSecretKeyAccess.get()));
    return keys;
  }

  private static KeysetHandle parse(KeyFile file, String text, Configuration configuration) {
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(
          text, configuration, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException | RuntimeException e) {
      // Not the cause: it could quote the file, which is the key.
      throw file.damaged();
    }
  }

  public Instance.Secret.Sealed seal(String instance, String password) {
    return new Instance.Secret.Sealed(sealText(name(instance), password));
  }

  /// `owner` is the full name of the resource that the text belongs to.
  public String sealText(String owner, String text) {
    try {
      var sealed = aead.encrypt(text.getBytes(UTF_8), owner.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a text could not be sealed", e);
    }
  }

  /// Empty for what was sealed with another key or for another instance.
  public Optional<String> unseal(String instance, Instance.Secret.Sealed secret) {
    return unseal(name(instance), secret.ciphertext());
  }

  /// Empty for what was sealed with another key or for another owner.
  public Optional<String> unseal(String owner, String sealedText) {
    try {
      var sealed = Base64.getDecoder().decode(sealedText);
      return Optional.of(new String(aead.decrypt(sealed, owner.getBytes(UTF_8)), UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String name(String instance) {
    return "instances/" + instance;
  }
}
