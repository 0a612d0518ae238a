// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Unpacks an archive of binaries: files, folders, symbolic links, and who may execute.
final class Tar {
  private static final int ANY_EXECUTE = 0111;
  private static final int BUFFER_BYTES = 1 << 16;

  private Tar() {}

  static InputStream xz(InputStream compressed) throws IOException {
    return new XZCompressorInputStream(new BufferedInputStream(compressed));
  }

  static InputStream gzip(InputStream compressed) throws IOException {
    return new GZIPInputStream(compressed, BUFFER_BYTES);
  }

  static void unpack(InputStream archive, Path folder) throws IOException {
    try (var tar = new TarArchiveInputStream(archive)) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpackEntry(entry, tar, inside(folder, entry.getName()), folder);
      }
    }
  }

  private static void unpackEntry(
      TarArchiveEntry entry, InputStream content, Path target, Path folder) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      inside(folder, folder.relativize(target).resolveSibling(entry.getLinkName()).toString());
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(content, target);
      setPermissions(target, (entry.getMode() & ANY_EXECUTE) != 0);
    } else {
      throw new IOException(
          "%s: neither file, folder nor symbolic link".formatted(entry.getName()));
    }
  }

  private static void setPermissions(Path file, boolean executable) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static Path inside(Path folder, String name) throws IOException {
    var target = folder.resolve(name).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("%s: leads out of the archive".formatted(name));
    }
    return target;
  }
}
