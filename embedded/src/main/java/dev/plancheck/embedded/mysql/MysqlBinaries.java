// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

import dev.plancheck.embedded.Archive;
import dev.plancheck.embedded.ClusterException;
import dev.plancheck.embedded.Command;
import dev.plancheck.embedded.Errors;
import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.RunAs;
import dev.plancheck.embedded.Unpacking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// A server program that runs on this machine; `version` is as it says it, such as `8.0.15` or
/// `10.11.19-MariaDB-0+deb12u1`, and `name` tells binaries apart.
public record MysqlBinaries(Path program, Path base, String version, String name) {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern VERSION = Pattern.compile("Ver (\\d+\\.\\d+\\.\\d+\\S*)");
  private static final Pattern NO_LIBRARY =
      Pattern.compile("error while loading shared libraries: ([^:\\s]+)");

  /// The MariaDB that is installed on this machine. It is never configured or started as a service:
  /// of all that the package brings, only the program is used.
  ///
  /// @throws NoServerException if there is none
  public static MysqlBinaries mariadb() {
    return MariadbSearch.ofThisSystem().find();
  }

  /// An unpacked distribution, with the program in `bin`.
  ///
  /// @throws NoServerException if it needs what this machine lacks
  public static MysqlBinaries in(Path base) {
    var program = base.resolve("bin/mysqld");
    return of(program, base);
  }

  /// A distribution for this platform, as `mysql-Linux-amd64.tar.gz` in a jar; unpacked once per
  /// user into the cache, under its checksum.
  ///
  /// @throws NoServerException if the jar has none for this platform, or it needs what this machine
  ///   lacks
  public static MysqlBinaries fromJar(Path jar, Folders folders) {
    var platform =
        "%s-%s"
            .formatted(
                System.getProperty("os.name").replace(' ', '_'), System.getProperty("os.arch"));
    if (!platform.equals("Linux-amd64")) {
      throw new NoServerException("%s holds no server for %s".formatted(jar, platform));
    }
    var home = folders.cache().resolve("binaries");
    try {
      var archive = new Archive.InJar(jar.toAbsolutePath(), "mysql-%s.tar.gz".formatted(platform));
      var name = "mysql-" + archive.fingerprint();
      // Tried under its last name, so that the next start need not unpack what cannot run yet.
      return in(new Unpacking(home, RunAs.detect()).once(name, archive, _ -> {}));
    } catch (IOException e) {
      throw new ClusterException(
          "cannot unpack MySQL into %s: %s. %s"
              .formatted(home, Errors.reason(e), Errors.OTHER_FOLDER),
          e);
    }
  }

  /// Asks the program for its version, which also tells whether it runs.
  static MysqlBinaries of(Path program, Path base) {
    var answer =
        Command.run(List.of(program.toString(), "--no-defaults", "--version"), base, LIMIT);
    var version = VERSION.matcher(answer.text());
    if (answer.succeeded() && version.find()) {
      return new MysqlBinaries(program, base, version.group(1), name(program, version.group(1)));
    }
    var library = NO_LIBRARY.matcher(answer.text());
    if (library.find()) {
      throw new NoServerException(
          "%s needs %s, which this machine lacks: install it (%s)"
              .formatted(program, library.group(1), packageOf(library.group(1))));
    }
    throw new ClusterException("%s does not run: %s".formatted(program, answer.text()));
  }

  public boolean isMariadb() {
    return version.contains("MariaDB");
  }

  private static String packageOf(String library) {
    return library.startsWith("libaio.so")
        ? "Debian's package libaio1"
        : "look for the package with this file";
  }

  /// The program may be another one tomorrow, in the same place: its size and time tell.
  private static String name(Path program, String version) {
    try {
      var checksum = new CRC32();
      var real = program.toRealPath();
      checksum.update(
          "%s %d %s"
              .formatted(real, Files.size(real), Files.getLastModifiedTime(real))
              .getBytes(StandardCharsets.UTF_8));
      return "%s-%08x".formatted(version.replaceAll("[^\\w.-]", "_"), checksum.getValue());
    } catch (IOException e) {
      throw new ClusterException("cannot read %s: %s".formatted(program, Errors.reason(e)), e);
    }
  }
}
