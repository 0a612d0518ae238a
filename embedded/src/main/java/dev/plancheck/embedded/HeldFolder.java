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
    var lock = FolderLock.tryAcquire(folder.resolve(LOCK)).orElseThrow(() -> inUse(folder));
    var held = new HeldFolder(folder, lock);
    try {
      var pid = ProcessHandle.current().pid();
      Storage.writePrivate(folder.resolve(OWNER), Long.toString(pid));
      return held;
    } catch (IOException | RuntimeException e) {
      held.close();
      throw e;
    }
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
      return new HeldFolder(folder, FolderLock.acquire(lockBeside(folder)));
    }
  }

  @Override
  public void close() {
    lock.close();
  }

  /// Deletes a throw-away folder, which must not be in use any more, and gives it up.
  void delete() throws IOException {
    try (lock) {
      Storage.deleteTree(folder);
    }
    Files.deleteIfExists(lockBeside(folder));
  }

  /// Beside and not inside, so that the folder can be deleted while it is held.
  private static Path lockBeside(Path folder) {
    return folder.resolveSibling(folder.getFileName() + "." + LOCK);
  }

  private static void sweep(Path home, Installation installation) throws IOException {
    try (var entries = Files.list(home)) {
      for (var entry : entries.toList()) {
        var name = String.valueOf(entry.getFileName());
        if (!name.equals(LOCK)) {
          // A folder, or the lock of one that is gone already.
          sweepOne(home.resolve(name.replaceFirst("\\.lock$", "")), installation);
        }
      }
    }
  }

  private static void sweepOne(Path folder, Installation installation) {
    try {
      var lock = FolderLock.tryAcquire(lockBeside(folder));
      if (lock.isPresent()) {
        try (var left = new HeldFolder(folder, lock.get())) {
          new Server(installation, folder, false).stopLeftover();
          left.delete();
        }
      }
    } catch (IOException | ClusterException e) {
      LOG.warn("cannot remove {}, which a killed process left behind", folder, e);
    }
  }

  private static ClusterException inUse(Path folder) {
    var owner = "unknown";
    try {
      owner = Storage.read(folder.resolve(OWNER));
    } catch (IOException e) {
      LOG.debug("no owner of {}", folder, e);
    }
    return new ClusterException(
        """
        the data folder %s is in use by another plancheck (process %s): stop that one, \
        or name another folder\
        """
            .formatted(folder, owner));
  }
}
