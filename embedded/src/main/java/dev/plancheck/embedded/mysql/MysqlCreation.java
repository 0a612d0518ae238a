// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

import dev.plancheck.embedded.ClusterException;
import dev.plancheck.embedded.Command;
import dev.plancheck.embedded.Errors;
import dev.plancheck.embedded.FolderLock;
import dev.plancheck.embedded.RunAs;
import dev.plancheck.embedded.Storage;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Makes the data of a new server, by copying a template that is made once per user: it has the
/// system tables and nobody who could come in over the network.
record MysqlCreation(MysqlBinaries binaries, RunAs runAs) {
  static final String DATA = "data";

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /// Templates made with other options than these are not taken.
  private static final String LAYOUT = "1";

  /// Small files: a template is copied often.
  static final List<String> OF_FILES = List.of("--innodb-log-file-size=8M");

  /// Says who a server is to its replicas, and so must differ between copies.
  private static final String IDENTITY = "auto.cnf";

  /// Of MariaDB's, in the order of its own program for that, which needs more than the server's
  /// package brings. Their names begin with `mysql_`, later with `mariadb_`.
  private static final List<String> SCRIPTS =
      List.of(
          "%s_system_tables.sql",
          "%s_performance_tables.sql",
          "%s_system_tables_data.sql",
          "maria_add_gis_sp_bootstrap.sql",
          "%s_sys_schema.sql");

  private static final List<String> SHARES =
      List.of("share/mysql", "share/mariadb", "share", "scripts");

  /// Not written through to the disk.
  void copyTemplate(Path folder, Path cache) throws IOException {
    var template = template(cache.resolve("templates"));
    Storage.copyTree(template.resolve(DATA), folder.resolve(DATA), runAs);
    Files.deleteIfExists(folder.resolve(DATA).resolve(IDENTITY));
  }

  private Path template(Path home) throws IOException {
    var template = home.resolve("mysql-%s-%s".formatted(binaries.name(), LAYOUT));
    if (!Files.exists(template.resolve(DATA))) {
      Storage.createPrivateFolder(home, runAs);
      try (var _ = FolderLock.acquire(home.resolve("lock"))) {
        if (!Files.exists(template.resolve(DATA))) {
          Storage.createPrivateFolder(template, runAs);
          initialise(template);
        }
      }
    }
    return template;
  }

  /// The data have their name only when they are complete.
  private void initialise(Path folder) throws IOException {
    var fresh = folder.resolve("data.new");
    var script = folder.resolve("bootstrap.sql");
    try {
      Storage.deleteTree(fresh);
      Storage.createPrivateFolder(fresh, runAs);
      runAs.handOver(fresh);
      var answer = binaries.isMariadb() ? bootstrap(fresh, script) : initialiseMysql(fresh);
      if (!answer.succeeded()) {
        throw new ClusterException(
            "cannot create data of %s %s in %s: %s"
                .formatted(binaries.program(), binaries.version(), folder, answer.text()));
      }
      Files.move(fresh, folder.resolve(DATA));
    } finally {
      Files.deleteIfExists(script);
      Storage.deleteTree(fresh);
    }
  }

  /// The option for a folder of a server's own: one that starts deletes what it takes for leftovers
  /// of temporary tables, in the folder for all also those that another server has open.
  static String temporary(Path folder, RunAs runAs) throws IOException {
    var temporary = folder.resolve("tmp");
    Storage.createPrivateFolder(temporary, runAs);
    runAs.handOver(temporary);
    return "--tmpdir=" + temporary;
  }

  private Command.Output initialiseMysql(Path data) throws IOException {
    var command = command(data);
    command.add("--initialize-insecure");
    return Command.run(MysqlProcess.wrap(command, runAs), data, LIMIT);
  }

  private Command.Output bootstrap(Path data, Path script) throws IOException {
    var text =
        new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
    var share = share();
    for (var name : SCRIPTS) {
      text.append(Storage.read(script(share, name))).append('\n');
    }
    Storage.writePrivate(script, text.toString());
    var command = command(data);
    command.addAll(List.of("--bootstrap", "--enforce-storage-engine=", "--max-allowed-packet=8M"));
    return Command.run(
        MysqlProcess.wrap(command, runAs), data, LIMIT, Redirect.from(script.toFile()));
  }

  private ArrayList<String> command(Path data) throws IOException {
    var command = new ArrayList<String>();
    command.add(binaries.program().toString());
    command.add("--no-defaults");
    command.add("--basedir=" + binaries.base());
    command.add("--datadir=" + data);
    command.add(temporary(data.resolveSibling("").normalize(), runAs));
    command.addAll(OF_FILES);
    return command;
  }

  private Path share() throws IOException {
    var real = binaries.program().toRealPath();
    var bases = List.of(binaries.base(), real.resolveSibling("..").normalize());
    for (var base : bases) {
      for (var share : SHARES) {
        if (Files.exists(script(base.resolve(share), SCRIPTS.getFirst()))) {
          return base.resolve(share);
        }
      }
    }
    throw new IOException(
        "no mysql_system_tables.sql of MariaDB under %s".formatted(binaries.base()));
  }

  private static Path script(Path share, String name) {
    var later = share.resolve(name.formatted("mariadb"));
    return Files.exists(later) ? later : share.resolve(name.formatted("mysql"));
  }

  static ClusterException failed(String what, Path where, IOException e) {
    return new ClusterException(
        "cannot %s in %s: %s. %s".formatted(what, where, Errors.reason(e), Errors.OTHER_FOLDER), e);
  }
}
