// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder of a cluster that this process alone may use, until it is closed or dies.
public record HeldFolder(Path folder, FolderLock lock) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldFolder.class);
  private static final String LOCK = "lock";
  private static final String OWNER = "owner";

  /// How to stop what a killed process left running in a folder.
  @FunctionalInterface
  public interface Leftover {
    void stop(Path folder) throws IOException;
  }

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

  /// A new folder in `home`. One whose lock is free belongs to a process that was killed: what runs
  /// in it is stopped and it is deleted, whenever a new one is made.
  public static HeldFolder throwAway(Path home, String label, RunAs runAs, Leftover leftover)
      throws IOException {
    Storage.createFolders(home, runAs);
    // Without this lock a folder could be swept between its creation and its locking.
    try (var _ = FolderLock.acquire(home.resolve(LOCK))) {
      sweep(home, leftover);
      var pid = ProcessHandle.current().pid();
      var folder = Files.createTempDirectory(home, "%s-%d-".formatted(label, pid));
      Storage.closeToOthers(folder, runAs);
      return new HeldFolder(folder, FolderLock.acquire(lockBeside(folder)));
    }
  }

  @Override
  public void close() {
    lock.close();
  }

  /// Deletes a throw-away folder, which must not be in use any more, and gives it up.
  public void delete() throws IOException {
    try (lock) {
      Storage.deleteTree(folder);
    }
    Files.deleteIfExists(lockBeside(folder));
  }

  /// Beside and not inside, so that the folder can be deleted while it is held.
  private static Path lockBeside(Path folder) {
    return folder.resolveSibling(folder.getFileName() + "." + LOCK);
  }

  private static void sweep(Path home, Leftover leftover) throws IOException {
    try (var entries = Files.list(home)) {
      for (var entry : entries.toList()) {
        var name = String.valueOf(entry.getFileName());
        if (!name.equals(LOCK)) {
          // A folder, or the lock of one that is gone already.
          sweepOne(home.resolve(name.replaceFirst("\\.lock$", "")), leftover);
        }
      }
    }
  }

  private static void sweepOne(Path folder, Leftover leftover) {
    try {
      var lock = FolderLock.tryAcquire(lockBeside(folder));
      if (lock.isPresent()) {
        try (var left = new HeldFolder(folder, lock.get())) {
          leftover.stop(folder);
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
