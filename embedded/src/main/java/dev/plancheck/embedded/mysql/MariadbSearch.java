// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

import dev.plancheck.embedded.ClusterException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks for a MariaDB server in `folders`; what is called `mysqld` may be one too.
record MariadbSearch(List<Path> folders) {
  private static final List<String> PROGRAMS = List.of("mariadbd", "mysqld");

  /// Where packages and installers put it, besides the folders of PATH, which seldom has `sbin`.
  private static final List<String> USUAL =
      List.of(
          "/usr/sbin",
          "/usr/bin",
          "/usr/libexec",
          "/usr/local/sbin",
          "/usr/local/bin",
          "/usr/local/libexec",
          "/usr/local/mariadb/bin",
          "/usr/local/mysql/bin",
          "/usr/local/opt/mariadb/bin",
          "/opt/homebrew/bin",
          "/opt/homebrew/opt/mariadb/bin",
          "/opt/mariadb/bin");

  static MariadbSearch ofThisSystem() {
    return of(System.getenv());
  }

  static MariadbSearch of(Map<String, String> environment) {
    var folders = new LinkedHashSet<Path>();
    for (var folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      var path = Path.of(folder);
      if (path.isAbsolute()) {
        folders.add(path);
      }
    }
    USUAL.forEach(folder -> folders.add(Path.of(folder)));
    return new MariadbSearch(List.copyOf(folders));
  }

  MysqlBinaries find() {
    var others = new LinkedHashSet<String>();
    for (var program : candidates()) {
      var found = tried(program, others);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new NoServerException(
        """
        no MariaDB server is on this machine (mariadbd or mysqld, in PATH, %s): install one - \
        Debian and Ubuntu: apt-get install mariadb-server-core; Fedora: dnf install mariadb-server; \
        macOS: brew install mariadb. It need not be configured or run as a service.%s\
        """
            .formatted(
                String.join(", ", USUAL), others.isEmpty() ? "" : "\nNot it: " + listed(others)));
  }

  private static String listed(Set<String> others) {
    return String.join("; ", others);
  }

  /// A server of MySQL's, or one that does not run, does not hide a MariaDB behind it.
  private static Optional<MysqlBinaries> tried(Path program, Set<String> others) {
    try {
      var binaries = MysqlBinaries.of(program, base(program));
      if (binaries.isMariadb()) {
        return Optional.of(binaries);
      }
      others.add("%s is MySQL %s".formatted(program, binaries.version()));
    } catch (NoServerException | ClusterException e) {
      others.add(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private List<Path> candidates() {
    var candidates = new ArrayList<Path>();
    for (var name : PROGRAMS) {
      folders.stream()
          .map(folder -> folder.resolve(name))
          .filter(Files::isExecutable)
          .forEach(candidates::add);
    }
    return candidates;
  }

  /// The folder over `bin`, `sbin` or `libexec`.
  private static Path base(Path program) {
    var folder = program.getParent();
    var base = folder == null ? null : folder.getParent();
    return base == null ? Path.of("/") : base;
  }
}
