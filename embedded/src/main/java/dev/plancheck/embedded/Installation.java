// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Binaries of PostgreSQL, unpacked and ready to run under an account; `version` is like `18.6`.
record Installation(Path folder, String version, RunAs runAs) {
  private static final String VERSION_FILE = "version";
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+(\\.\\d+)?)");

  /// What is unpacked once per user into the cache, under the checksum of its content.
  static Installation of(PostgresBinaries binaries, Path cache, RunAs runAs) {
    var home = cache.resolve("binaries");
    try {
      var archive = binaries.archive();
      var folder =
          new Unpacking(home, runAs)
              .once(
                  "postgresql-" + archive.fingerprint(),
                  archive,
                  fresh -> Files.writeString(fresh.resolve(VERSION_FILE), askVersion(fresh)));
      return new Installation(folder, Files.readString(folder.resolve(VERSION_FILE)), runAs);
    } catch (IOException e) {
      throw new ClusterException(
          "cannot unpack PostgreSQL into %s: %s. %s"
              .formatted(home, Errors.reason(e), Errors.OTHER_FOLDER),
          e);
    }
  }

  int majorVersion() {
    return Integer.parseInt(version.split("\\.", 2)[0]);
  }

  /// The folder's own name, which tells binaries apart.
  String name() {
    return String.valueOf(folder.getFileName());
  }

  /// Runs one of the programs to its end, under the account.
  Command.Output run(String program, List<String> arguments, Duration limit) {
    var command = new ArrayList<String>();
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return Command.run(runAs.wrap(command), folder, limit);
  }

  private static String askVersion(Path folder) {
    var program = folder.resolve("bin").resolve("postgres").toString();
    var answer = Command.run(List.of(program, "--version"), folder, Duration.ofSeconds(30));
    var version = VERSION.matcher(answer.text());
    if (!answer.succeeded() || !version.find()) {
      throw new ClusterException(
          "the PostgreSQL unpacked into %s does not run: %s"
              .formatted(folder.getParent(), answer.text()));
    }
    return version.group(1);
  }
}
