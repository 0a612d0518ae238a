// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.secret;

import dev.plancheck.checks.ApiException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The file of the server's key: for its owner only (0600), written once, never rewritten.
final class KeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;

  KeyFile(Path file) {
    this.file = file;
  }

  /// Empty if there is no such file.
  Optional<String> read() throws IOException {
    try {
      if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        throw ApiException.failedPrecondition(
            "%s can be read by others than its owner (expected: mode 0600). Run `chmod 600 %s`; if others may have read it, give the stored passwords again with a new key"
                .formatted(file, file));
      }
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// The key appears under its name only when it is whole: a crash leaves no half of it.
  void create(String text) throws IOException {
    var draft =
        Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".new", attributes());
    try {
      Files.writeString(draft, text);
      Files.createLink(file, draft);
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file);
    } catch (FileAlreadyExistsException e) {
      throw ApiException.failedPrecondition(
          file + " was made by another process just now; start again");
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  ApiException damaged() {
    return ApiException.failedPrecondition(
        "%s is no key of plancheck. Restore it from a backup; or remove it, and give the stored passwords again"
            .formatted(file));
  }

  private FileAttribute<?>[] attributes() {
    return isPosix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private boolean isPosix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
