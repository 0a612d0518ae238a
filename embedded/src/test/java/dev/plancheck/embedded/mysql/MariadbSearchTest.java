// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class MariadbSearchTest {
  private static final String MARIADB = "mariadbd  Ver 11.4.2-MariaDB for osx10.19 on arm64";
  private static final String MYSQL = "mysqld  Ver 8.4.1 for Linux on x86_64 (MySQL Community)";

  @TempDir private Path machine;

  @Test
  void findsTheServerByItsName() throws IOException {
    var program = program("sbin/mariadbd", MARIADB);
    var found = search("bin", "sbin").find();
    assertThat(found.program()).isEqualTo(program);
    assertThat(found.base()).isEqualTo(machine);
    assertThat(found.version()).isEqualTo("11.4.2-MariaDB");
    assertThat(found.isMariadb()).isTrue();
  }

  @Test
  void aMysqlInFrontDoesNotHideAMariadb() throws IOException {
    program("bin/mysqld", MYSQL);
    var program = program("libexec/mysqld", MARIADB);
    assertThat(search("bin", "libexec").find().program()).isEqualTo(program);
  }

  @Test
  void aServerReplacedInPlaceIsAnotherOne() throws IOException {
    program("bin/mariadbd", MARIADB);
    var before = search("bin").find();
    program("bin/mariadbd", MARIADB + " (rebuilt)");
    assertThat(search("bin").find().name()).isNotEqualTo(before.name());
    assertThat(before.name()).startsWith("11.4.2-MariaDB-");
  }

  @Test
  void saysWhatToInstallAndWhatItFoundInstead() throws IOException {
    var mysql = program("bin/mysqld", MYSQL);
    var lame = program("sbin/mysqld", "mysqld: error while loading shared libraries: libx.so: no");
    Files.writeString(lame, Files.readString(lame) + "exit 127\n");
    assertThatThrownBy(() -> search("bin", "sbin").find())
        .isInstanceOf(NoServerException.class)
        .hasMessageContaining("apt-get install mariadb-server-core")
        .hasMessageContaining("brew install mariadb")
        .hasMessageContaining(mysql + " is MySQL 8.4.1")
        .hasMessageContaining(lame + " needs libx.so, which this machine lacks");
  }

  @Test
  void looksInPathFirstAndNeverInRelativeFolders() {
    var folders = MariadbSearch.of(Map.of("PATH", "/first::relative:/second")).folders();
    assertThat(folders).startsWith(Path.of("/first"), Path.of("/second"), Path.of("/usr/sbin"));
    assertThat(folders).allMatch(Path::isAbsolute);
  }

  private MariadbSearch search(String... folders) {
    return new MariadbSearch(List.of(folders).stream().map(machine::resolve).toList());
  }

  private Path program(String name, String says) throws IOException {
    var file = machine.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\necho '%s'\n".formatted(says));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }
}
