// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// An exclusive lock on a file, between threads and between processes; the system frees it when the
/// process dies.
///
/// The system's lock belongs to the whole process and is lost when *any* descriptor of the file is
/// closed, so a file is opened here only by the thread that holds its semaphore. The semaphores
/// mirror that state of the process, which is why they are static.
public final class FolderLock implements AutoCloseable {
  private static final Map<Path, Semaphore> HELD = new ConcurrentHashMap<>();

  private final Semaphore semaphore;
  private final FileChannel channel;

  private FolderLock(Semaphore semaphore, FileChannel channel) {
    this.semaphore = semaphore;
    this.channel = channel;
  }

  /// Waits for the lock.
  public static FolderLock acquire(Path file) throws IOException {
    var semaphore = semaphore(file);
    semaphore.acquireUninterruptibly();
    return open(file, semaphore, true)
        .orElseThrow(() -> new IllegalStateException("no lock after waiting for it: " + file));
  }

  /// Empty when another thread or process holds it.
  static Optional<FolderLock> tryAcquire(Path file) throws IOException {
    var semaphore = semaphore(file);
    return semaphore.tryAcquire() ? open(file, semaphore, false) : Optional.empty();
  }

  private static Optional<FolderLock> open(Path file, Semaphore semaphore, boolean waiting)
      throws IOException {
    FileChannel channel = null;
    var locked = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = (waiting ? channel.lock() : channel.tryLock()) != null;
      return locked ? Optional.of(new FolderLock(semaphore, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        semaphore.release();
      }
    }
  }

  private static Semaphore semaphore(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    var real = folder == null ? file : folder.toRealPath().resolve(file.getFileName());
    return HELD.computeIfAbsent(real, _ -> new Semaphore(1));
  }

  /// Does nothing the second time.
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone either way, and the lock with it.
    } finally {
      semaphore.release();
    }
  }
}
