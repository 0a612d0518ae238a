// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder of a cluster that this process alone may use, until it is closed or dies.
record HeldFolder(Path folder, FolderLock lock) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldFolder.class);
  private static final String LOCK = "lock";
  private static final String OWNER = "owner";

  /// The folder that the user names; refused while another process holds it.
  static HeldFolder kept(Path folder, RunAs runAs) throws IOException {
    Storage.createPrivateFolder(folder, runAs);
    var lock =
        FolderLock.tryAcquire(folder.resolve(LOCK))
            .orElseThrow(() ->
                new ClusterException(
                    """
                    the data folder %s is in use by another plancheck (process %s): \
                    stop that one, or name another folder\
                    """
                        .formatted(folder, owner(folder))));
    return held(folder, lock);
  }

  /// A new folder. One whose lock is free belongs to a process that was killed: what runs in it is
  /// stopped and it is deleted, whenever a new one is made.
  static HeldFolder throwAway(Path cache, String label, Installation installation)
      throws IOException {
    var home = cache.resolve("throw-away");
    Storage.createFolders(home, installation.runAs());
    // Without this lock a folder could be swept between its creation and its locking.
    try (var _ = FolderLock.acquire(home.resolve(LOCK))) {
      sweep(home, installation);
      var pid = ProcessHandle.current().pid();
      var folder = Files.createTempDirectory(home, "%s-%d-".formatted(label, pid));
      Storage.closeToOthers(folder, installation.runAs());
      return held(folder, FolderLock.acquire(folder.resolve(LOCK)));
    }
  }

  @Override
  public void close() {
    lock.close();
  }

  private static HeldFolder held(Path folder, FolderLock lock) throws IOException {
    var complete = false;
    try {
      var pid = ProcessHandle.current().pid();
      Storage.writePrivate(folder.resolve(OWNER), Long.toString(pid));
      complete = true;
      return new HeldFolder(folder, lock);
    } finally {
      if (!complete) {
        lock.close();
      }
    }
  }

  private static void sweep(Path home, Installation installation) throws IOException {
    try (var folders = Files.list(home)) {
      for (var folder : folders.filter(Files::isDirectory).toList()) {
        try {
          sweepOne(folder, installation);
        } catch (IOException | ClusterException e) {
          LOG.warn("cannot remove {}, which a killed process left behind", folder, e);
        }
      }
    }
  }

  private static void sweepOne(Path folder, Installation installation) throws IOException {
    var lock = FolderLock.tryAcquire(folder.resolve(LOCK));
    if (lock.isPresent()) {
      try (var _ = lock.get()) {
        new Server(installation, folder, false).stopLeftover();
      }
      Storage.deleteTree(folder);
    }
  }

  private static String owner(Path folder) {
    try {
      return Files.readString(folder.resolve(OWNER));
    } catch (IOException e) {
      return "unknown";
    }
  }
}
