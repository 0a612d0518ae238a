// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Instance.Secret.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultTest {
  @TempDir Path folder;

  @Test
  void aSealedPasswordOpensForItsInstanceAlsoAfterARestart() throws IOException {
    var sealed = vault().seal("main", "s3cr3t");

    assertThat(sealed.ciphertext()).doesNotContain("s3cr3t");
    assertThat(vault().unseal("main", sealed)).contains("s3cr3t");
  }

  @Test
  void itOpensForNoOtherInstanceAndNotWhenChanged() throws IOException {
    var sealed = vault().seal("main", "s3cr3t");

    assertThat(vault().unseal("other", sealed)).isEmpty();
    assertThat(vault().unseal("main", changed(sealed))).isEmpty();
    assertThat(vault().unseal("main", new Sealed("no base64!"))).isEmpty();
    assertThat(vault().unseal("main", new Sealed(""))).isEmpty();
  }

  @Test
  void itOpensWithNoOtherKey() throws IOException {
    var sealed = vault().seal("main", "s3cr3t");
    Files.delete(key());

    assertThat(vault().unseal("main", sealed)).isEmpty();
  }

  @Test
  void theSamePasswordIsSealedDifferentlyEachTime() throws IOException {
    assertThat(vault().seal("main", "s3cr3t")).isNotEqualTo(vault().seal("main", "s3cr3t"));
  }

  @Test
  void theKeyIsForItsOwnerOnly() throws IOException {
    vault();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(key());
    }
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    vault();
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(this::vault)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("chmod 600 " + key());
  }

  @Test
  void aDamagedKeyIsToldWithoutShowingIt() throws IOException {
    vault();
    var damaged = "{\"primaryKeyId\": 1, \"key\": \"s3cr3t\"";
    Files.writeString(key(), damaged);

    assertThatThrownBy(this::vault)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("is no key of plancheck")
        .hasNoCause()
        .message()
        .doesNotContain("s3cr3t");
  }

  private static Sealed changed(Sealed sealed) {
    var text = sealed.ciphertext();
    var last = text.charAt(20) == 'A' ? 'B' : 'A';
    return new Sealed(text.substring(0, 20) + last + text.substring(21));
  }

  private Vault vault() throws IOException {
    return Vault.open(key());
  }

  private Path key() {
    return folder.resolve("key.json");
  }
}
