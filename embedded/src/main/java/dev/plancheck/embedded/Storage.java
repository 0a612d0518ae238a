// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Folders and small files, with who may see them.
public final class Storage {
  private Storage() {}

  /// Creates what is missing of the path; an account other than ours can walk through what was
  /// created.
  public static void createFolders(Path folder, RunAs runAs) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    var parent = folder.getParent();
    if (parent != null) {
      createFolders(parent, runAs);
    }
    Files.createDirectories(folder);
    if (runAs instanceof RunAs.Account) {
      openToAll(folder);
    }
  }

  /// As above, and what is created here nobody else can read. A folder that exists already keeps
  /// the permissions that its owner gave it.
  public static void createPrivateFolder(Path folder, RunAs runAs) throws IOException {
    if (!Files.isDirectory(folder)) {
      createFolders(folder, runAs);
      closeToOthers(folder, runAs);
    }
  }

  /// Nobody else can read the folder; an account other than ours can walk through it.
  static void closeToOthers(Path folder, RunAs runAs) throws IOException {
    setPermissions(folder, runAs instanceof RunAs.Account ? "rwx--x--x" : "rwx------");
  }

  public static void openToAll(Path folder) throws IOException {
    setPermissions(folder, "rwxr-xr-x");
  }

  /// Written whole or not at all, readable by the owner only.
  public static void writePrivate(Path file, String text) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    var fresh = Files.createTempFile(folder, file.getFileName() + ".", ".new");
    try {
      setPermissions(fresh, "rw-------");
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// The text of a small file; not by a channel, which an interrupt of the thread would close.
  public static String read(Path file) throws IOException {
    try (var stream = new FileInputStream(file.toFile())) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      throw Files.notExists(file) ? new NoSuchFileException(file.toString()) : e;
    }
  }

  /// Copies a folder with all that is in it to where nothing is, for the account of the server.
  public static void copyTree(Path from, Path to, RunAs runAs) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        var copy = to.resolve(from.relativize(path));
        Files.copy(path, copy, LinkOption.NOFOLLOW_LINKS);
        runAs.handOver(copy);
      }
    }
    setPermissions(to, "rwx------");
  }

  /// Deletes a folder with all that is in it, if it exists; links are not followed.
  public static void deleteTree(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null && !(e instanceof NoSuchFileException)) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  static void setPermissions(Path path, String permissions) throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }
}
