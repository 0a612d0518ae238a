// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FoldersTest {
  private static final Path HOME = Path.of("/users/ann");

  @Test
  void linuxFollowsXdg() {
    assertThat(folders("Linux", Map.of()))
        .isEqualTo(
            new Folders(HOME.resolve(".cache/plancheck"), HOME.resolve(".local/share/plancheck")));
    assertThat(folders("Linux", Map.of("XDG_CACHE_HOME", "/c", "XDG_DATA_HOME", "/d")))
        .isEqualTo(new Folders(Path.of("/c/plancheck"), Path.of("/d/plancheck")));
  }

  @Test
  void aRelativeOrEmptyXdgFolderIsIgnored() {
    assertThat(folders("Linux", Map.of("XDG_CACHE_HOME", "c", "XDG_DATA_HOME", "")))
        .isEqualTo(folders("Linux", Map.of()));
  }

  @Test
  void macAndWindowsHaveTheirOwn() {
    assertThat(folders("Mac OS X", Map.of()))
        .isEqualTo(
            new Folders(
                HOME.resolve("Library/Caches/plancheck"),
                HOME.resolve("Library/Application Support/plancheck")));
    assertThat(folders("Windows 11", Map.of("LOCALAPPDATA", "/local")))
        .isEqualTo(Folders.under(Path.of("/local/plancheck")));
    assertThat(folders("Windows 11", Map.of()))
        .isEqualTo(Folders.under(HOME.resolve("AppData/Local/plancheck")));
  }

  @Test
  void plancheckHomeGoesBeforeAll() {
    var environment = Map.of("PLANCHECK_HOME", "/p", "XDG_CACHE_HOME", "/c");
    assertThat(folders("Linux", environment))
        .isEqualTo(new Folders(Path.of("/p/cache"), Path.of("/p/data")));
    assertThat(folders("Linux", Map.of("PLANCHECK_HOME", "p")).cache())
        .isEqualTo(Path.of("p/cache").toAbsolutePath());
  }

  private static Folders folders(String system, Map<String, String> environment) {
    return Folders.of(environment, system, HOME, new RunAs.Self());
  }
}
