// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import dev.plancheck.embedded.RunAs.Account;
import dev.plancheck.embedded.RunAs.Account.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds out how a server can be run that refuses root; `works` tries a command.
record AccountProbe(boolean root, List<String> accounts, Predicate<List<String>> works) {
  /// The account of a packaged installation, else the one that every Unix has.
  private static final List<String> WANTED = List.of("plancheck", "nobody");

  private static final String REFUSED =
      """
      PostgreSQL does not run as root, and this system allows neither a user namespace \
      (unshare --user) nor another account (setpriv or runuser, for the account plancheck or \
      nobody). Run plancheck as an ordinary user, or install util-linux, or allow user \
      namespaces, or give plancheck a PostgreSQL of your own.\
      """;

  private static final Path USERS = Path.of("/etc/passwd");

  static AccountProbe ofThisSystem() {
    var windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    return windows || !isRoot()
        ? new AccountProbe(false, List.of(), AccountProbe::succeeds)
        : new AccountProbe(true, lines(USERS), AccountProbe::succeeds);
  }

  RunAs choose() {
    if (!root) {
      return new RunAs.Self();
    }
    var namespace = new RunAs.UserNamespace();
    if (works.test(namespace.wrap(List.of("true")))) {
      return namespace;
    }
    return WANTED.stream()
        .flatMap(name -> account(name).stream())
        .filter(account -> works.test(account.wrap(List.of("true"))))
        .findFirst()
        .orElseGet(() -> new RunAs.Refused(REFUSED));
  }

  private Optional<RunAs> account(String name) {
    for (var line : accounts) {
      var fields = line.split(":", -1);
      if (fields.length > 3 && fields[0].equals(name)) {
        var setpriv =
            new Account(
                name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), Tool.SETPRIV);
        return Optional.of(
            works.test(setpriv.wrap(List.of("true")))
                ? setpriv
                : new Account(name, setpriv.uid(), setpriv.gid(), Tool.RUNUSER));
      }
    }
    return Optional.empty();
  }

  /// Linux shows the owner of this process as that of a folder; elsewhere a program is asked.
  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      var answer = Command.run(List.of("id", "-u"), Path.of("/"), Duration.ofSeconds(10));
      return answer.succeeded() && answer.text().equals("0");
    }
  }

  private static boolean succeeds(List<String> command) {
    try {
      return Command.run(command, Path.of("/"), Duration.ofSeconds(10)).succeeded();
    } catch (ClusterException e) {
      return false; // no such program
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
