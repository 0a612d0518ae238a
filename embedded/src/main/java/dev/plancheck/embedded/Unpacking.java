// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Archives of binaries, unpacked once per user into a folder of the cache. Safe with several
/// threads and processes at once: whoever comes second waits, and a folder has its name only when
/// it is complete.
public record Unpacking(Path home, RunAs runAs) {
  private static final String UNFINISHED = "unpacking-";
  private static final long UNPACKED_BYTES = 100L << 20;

  /// What is done in a folder before it is complete; nothing is left of one in which that failed.
  @FunctionalInterface
  public interface Completion {
    void complete(Path folder) throws IOException;
  }

  /// The folder of that name, with what the archive holds.
  public Path once(String name, Archive archive, Completion completion) throws IOException {
    var folder = home.resolve(name);
    if (!Files.exists(folder)) {
      Storage.createFolders(home, runAs);
      try (var _ = FolderLock.acquire(home.resolve("lock"))) {
        if (!Files.exists(folder)) {
          unpack(archive, folder, completion);
        }
      }
    }
    return folder;
  }

  private void unpack(Archive archive, Path folder, Completion completion) throws IOException {
    removeUnfinished();
    var free = Files.getFileStore(home).getUsableSpace();
    if (free < UNPACKED_BYTES) {
      throw new IOException(
          "%d MB are free and %d MB are needed".formatted(free >> 20, UNPACKED_BYTES >> 20));
    }
    var unfinished = Files.createTempDirectory(home, UNFINISHED);
    try {
      try (var content = archive.open()) {
        Tar.unpack(content, unfinished);
      }
      Storage.openToAll(unfinished);
      completion.complete(unfinished);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Storage.deleteTree(unfinished);
    }
  }

  /// What a process left that was killed while it unpacked; the caller holds the lock.
  private void removeUnfinished() throws IOException {
    try (var folders = Files.list(home)) {
      for (var folder : folders.toList()) {
        if (String.valueOf(folder.getFileName()).startsWith(UNFINISHED)) {
          Storage.deleteTree(folder);
        }
      }
    }
  }
}
