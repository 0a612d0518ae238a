// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A `.txz` or `.tar.gz` with the binaries of one version for one platform.
public sealed interface Archive {
  /// Its content, uncompressed: a `.tar`; the caller closes it.
  InputStream open() throws IOException;

  /// Checksum and size of the content; what a jar says of it, so that it need not be read.
  String fingerprint() throws IOException;

  /// On the class path, by the platform's name.
  record Bundled(Platform platform) implements Archive {
    @Override
    public InputStream open() throws IOException {
      return Tar.xz(resource().openStream());
    }

    @Override
    public String fingerprint() throws IOException {
      if (resource().openConnection() instanceof JarURLConnection inJar) {
        return fingerprintOf(inJar.getJarEntry().getCrc(), inJar.getJarEntry().getSize());
      }
      try (var all = new CheckedInputStream(resource().openStream(), new CRC32())) {
        var size = all.transferTo(OutputStream.nullOutputStream());
        return fingerprintOf(all.getChecksum().getValue(), size);
      }
    }

    private URL resource() {
      var resource = Bundled.class.getClassLoader().getResource(platform.archiveName());
      if (resource == null) {
        throw new ClusterException(
            """
            this build holds no PostgreSQL for %s (no %s on the class path): \
            build plancheck on this platform, or give it a PostgreSQL of your own\
            """
                .formatted(platform, platform.archiveName()));
      }
      return resource;
    }
  }

  /// The one in a jar whose name ends so.
  record InJar(Path jar, String ending) implements Archive {
    @Override
    public InputStream open() throws IOException {
      var zip = new ZipFile(jar.toFile());
      try {
        var content = zip.getInputStream(entry(zip));
        return new FilterInputStream(ending.endsWith("gz") ? Tar.gzip(content) : Tar.xz(content)) {
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

    @Override
    public String fingerprint() throws IOException {
      try (var zip = new ZipFile(jar.toFile())) {
        return fingerprintOf(entry(zip).getCrc(), entry(zip).getSize());
      }
    }

    private ZipEntry entry(ZipFile zip) throws IOException {
      for (var entries = zip.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        if (entry.getName().endsWith(ending)) {
          return entry;
        }
      }
      throw new IOException("%s: no %s inside".formatted(jar, ending));
    }
  }

  private static String fingerprintOf(long checksum, long size) {
    return "%08x-%d".formatted(checksum, size);
  }
}
