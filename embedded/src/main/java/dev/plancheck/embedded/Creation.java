// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Makes the data of a new cluster: `pgdata` and the superuser's `password` in a folder.
///
/// `pgdata` has its name only when it is complete.
record Creation(Installation installation) {
  static final String SUPERUSER = "plancheck";
  static final String DATA = "pgdata";
  static final String PASSWORD = "password";

  /// Read by `postgresql.conf` after all else.
  static final String SETTINGS = "plancheck.conf";

  private static final String FRESH = "pgdata.new";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /// By `initdb`; kept data keeps the default number of rounds that a password is hashed with,
  /// because people may add roles with passwords of their own.
  void initialise(Path folder, boolean kept) throws IOException {
    var fresh = folder.resolve(FRESH);
    var secret = folder.resolve("initdb.password");
    try {
      Storage.deleteTree(fresh);
      Files.createDirectory(fresh);
      Storage.setPermissions(fresh, "rwx------");
      installation.runAs().handOver(fresh);
      var password = NewPassword.random();
      Storage.writePrivate(folder.resolve(PASSWORD), password);
      Storage.writePrivate(secret, password);
      installation.runAs().handOver(secret);
      initdb(folder, fresh, secret, kept);
      Files.writeString(
          fresh.resolve("postgresql.conf"),
          "\ninclude '%s'\n".formatted(SETTINGS),
          StandardOpenOption.APPEND);
      Files.move(fresh, folder.resolve(DATA));
    } finally {
      Files.deleteIfExists(secret);
      Storage.deleteTree(fresh);
    }
  }

  /// By copying a template, which is made once per user: four times as fast as `initdb`. All copies
  /// have one password, which only this user can read. Not written through to the disk.
  void copyTemplate(Path folder, Path cache) throws IOException {
    var template = template(cache.resolve("templates"));
    var fresh = folder.resolve(FRESH);
    Storage.deleteTree(fresh);
    Storage.copyTree(template.resolve(DATA), fresh, installation.runAs());
    Storage.writePrivate(folder.resolve(PASSWORD), Files.readString(template.resolve(PASSWORD)));
    Files.move(fresh, folder.resolve(DATA));
  }

  private Path template(Path home) throws IOException {
    var template = home.resolve(installation.name());
    if (!Files.exists(template.resolve(DATA))) {
      Storage.createPrivateFolder(home, installation.runAs());
      try (var _ = FolderLock.acquire(home.resolve("lock"))) {
        if (!Files.exists(template.resolve(DATA))) {
          Storage.createPrivateFolder(template, installation.runAs());
          initialise(template, false);
        }
      }
    }
    return template;
  }

  private void initdb(Path folder, Path data, Path secret, boolean kept) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--pgdata=" + data,
                "--username=" + SUPERUSER,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
    if (installation.majorVersion() >= 17) {
      arguments.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    }
    if (installation.majorVersion() >= 16 && !kept) {
      // The password is random and long: hashing it 4096 times only makes connecting slow.
      arguments.addAll(List.of("--set", "scram_iterations=1"));
    }
    var answer = installation.run("initdb", arguments, LIMIT);
    if (!answer.succeeded()) {
      throw new ClusterException(
          "cannot create a PostgreSQL %s in %s: %s%s"
              .formatted(
                  installation.version(), folder, answer.text(), installation.runAs().hint()));
    }
  }
}
