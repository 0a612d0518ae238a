// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Binaries of PostgreSQL, unpacked and ready to run; `version` is like `18.6`.
record Installation(Path folder, String version) {
  private static final String VERSION_FILE = "version";
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+(\\.\\d+)?)");
  private static final String UNFINISHED = "unpacking-";

  /// What is unpacked once per user into the cache, under the hash of its content. Safe with
  /// several threads and processes at once: whoever comes second waits, and a folder has its name
  /// only when it is complete.
  static Installation of(PostgresBinaries binaries, Path cache, RunAs runAs) {
    var home = cache.resolve("binaries");
    try {
      var folder = home.resolve("postgresql-" + hash(binaries));
      if (!Files.exists(folder)) {
        Storage.createFolders(home, runAs);
        try (var _ = FolderLock.acquire(home.resolve("lock"))) {
          if (!Files.exists(folder)) {
            unpack(binaries, home, folder);
          }
        }
      }
      return new Installation(folder, Files.readString(folder.resolve(VERSION_FILE)));
    } catch (IOException e) {
      throw new ClusterException(
          "cannot unpack PostgreSQL into %s: %s. %s"
              .formatted(home, Errors.reason(e), Errors.OTHER_FOLDER),
          e);
    }
  }

  int majorVersion() {
    return Integer.parseInt(version.split("\\.", 2)[0]);
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private static void unpack(PostgresBinaries binaries, Path home, Path folder) throws IOException {
    removeUnfinished(home);
    var unfinished = Files.createTempDirectory(home, UNFINISHED);
    try {
      try (var archive = binaries.open()) {
        Archives.unpackTarXz(archive, unfinished);
      }
      Storage.openToAll(unfinished);
      Files.writeString(unfinished.resolve(VERSION_FILE), askVersion(unfinished));
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Storage.deleteTree(unfinished);
    }
  }

  /// What a process left that was killed while it unpacked; the caller holds the lock.
  private static void removeUnfinished(Path home) throws IOException {
    try (var folders = Files.list(home)) {
      for (var folder : folders.toList()) {
        if (String.valueOf(folder.getFileName()).startsWith(UNFINISHED)) {
          Storage.deleteTree(folder);
        }
      }
    }
  }

  private static String askVersion(Path folder) {
    var program = folder.resolve("bin").resolve("postgres").toString();
    var answer = Command.run(List.of(program, "--version"), folder, Duration.ofSeconds(30));
    var version = VERSION.matcher(answer.text());
    if (!answer.succeeded() || !version.find()) {
      throw new ClusterException(
          "the PostgreSQL unpacked into %s does not run: %s. If the folder is mounted noexec: %s"
              .formatted(folder.getParent(), answer.text(), Errors.OTHER_FOLDER));
    }
    return version.group(1);
  }

  private static String hash(PostgresBinaries binaries) throws IOException {
    try (var stream =
        new DigestInputStream(binaries.open(), MessageDigest.getInstance("SHA-256"))) {
      stream.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(stream.getMessageDigest().digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
