// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import dev.plancheck.checks.ApiException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder that one server keeps: its key, and its metadata when that is embedded. The system
/// frees the lock when the process dies.
final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Makes it if there is none. Throws [ApiException] FAILED_PRECONDITION when another server has
  /// it, or it cannot be written.
  static DataFolder hold(Path folder) {
    try {
      Files.createDirectories(folder);
      var lock =
          FileChannel.open(
              folder.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(lock)) {
        return new DataFolder(folder, lock);
      }
      lock.close();
    } catch (IOException e) {
      throw ApiException.failedPrecondition(
          "data folder %s cannot be used: %s. Name another one with --data-dir"
              .formatted(folder, e));
    }
    throw ApiException.failedPrecondition(
        "data folder %s is in use by another plancheck server (expected: one server for each folder). Stop that one, or name another folder with --data-dir"
            .formatted(folder));
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another server of this very process.
      return false;
    }
  }

  Path key() {
    return folder.resolve("key.json");
  }

  Path metadata() {
    return folder.resolve("metadata");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
