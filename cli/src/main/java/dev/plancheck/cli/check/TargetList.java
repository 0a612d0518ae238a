// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.cli.input.ScriptReader;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.engine.Engine;
import dev.plancheck.targets.login.Passwords;
import dev.plancheck.targets.login.TargetUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The databases of a command line, each once, with what it takes to reach them.
///
/// A server is one instance for each login that is used there, however many of its databases are
/// named; its id is its address, which is all that is ever shown of it, and a number from the
/// second login on.
final class TargetList {
  private final List<DatabaseName> databases = new ArrayList<>();
  private final Map<Login, Instance> instances = new LinkedHashMap<>();
  private final Map<String, @Nullable String> passwords = new HashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /// What connections to a server have in common.
  private record Login(
      String address, String user, @Nullable String password, Instance.TlsMode tls) {}

  private TargetList() {}

  /// `urls` as given by `--target`; `file` holds one URL per line, `#` begins a comment. Throws
  /// [CommandException] that names every problem, and repeats no URL: it may hold a password.
  static TargetList read(Terminal terminal, List<String> urls, @Nullable String file) {
    var list = new TargetList();
    for (var i = 0; i < urls.size(); i++) {
      list.add("--target" + (urls.size() == 1 ? "" : " " + (i + 1)), urls.get(i));
    }
    if (file != null) {
      list.addLines(file, ScriptReader.readFile(terminal, file).source().text());
    }
    if (!list.problems.isEmpty()) {
      throw CommandException.usage(String.join("\n", list.problems));
    }
    list.requireOneLanguage();
    if (list.databases.isEmpty()) {
      throw CommandException.usage(
          file == null
              ? "no target given (expected: --target postgresql://user@host/database, the same with"
                  + " mysql:// or mariadb://, or --targets-file)"
              : file + ": names no target");
    }
    return list;
  }

  List<DatabaseName> databases() {
    return List.copyOf(databases);
  }

  List<Instance> instances() {
    return List.copyOf(instances.values());
  }

  /// Of the first target; those of the others are of the same language.
  Engine engine() {
    return instances.values().iterator().next().engine();
  }

  /// The SQL of MySQL and MariaDB is much the same: there each database is checked by its own.
  private void requireOneLanguage() {
    var engines = new TreeSet<Engine>();
    instances.values().forEach(instance -> engines.add(instance.engine()));
    if (engines.contains(Engine.POSTGRESQL) && engines.size() > 1) {
      throw CommandException.usage(
          "targets of PostgreSQL and of %s in one check (expected: those of one language; a script is"
                  .formatted(engines.last().title())
              + " written for one of them, so check each with its own scripts)");
    }
  }

  /// The names of an instance's databases.
  Set<String> databasesOf(Instance instance) {
    var names = new TreeSet<String>();
    for (var database : databases) {
      if (database.instance().equals(instance.id())) {
        names.add(database.database());
      }
    }
    return names;
  }

  /// The password in the URL, else PGPASSWORD, else what the driver finds in the password file
  /// (PGPASSFILE or `~/.pgpass`), as libpq does it. For MySQL and MariaDB: the URL, else MYSQL_PWD,
  /// as their clients do it.
  Passwords passwords(Map<String, String> environment) {
    return instance -> {
      var given = passwords.get(instance.id());
      return given != null
          ? given
          : environment.get(
              switch (instance.engine()) {
                case POSTGRESQL -> "PGPASSWORD";
                case MYSQL, MARIADB -> "MYSQL_PWD";
              });
    };
  }

  /// How a database is shown: `db1:5432/shop`. That is unique, whatever the login.
  static String shown(DatabaseName name) {
    return name.instance().replaceFirst("#\\d+$", "") + "/" + name.database();
  }

  /// How many servers there are, whatever the logins.
  int servers() {
    return (int) instances.keySet().stream().map(Login::address).distinct().count();
  }

  private void addLines(String file, String text) {
    var number = 0;
    for (var line : text.lines().toList()) {
      number++;
      var url = line.strip();
      if (!url.isEmpty() && !url.startsWith("#")) {
        add("%s:%d".formatted(file, number), url);
      }
    }
  }

  private void add(String where, String text) {
    try {
      var url = TargetUrl.parse(text);
      var earlier = seen.putIfAbsent(url.address() + "/" + url.database(), where);
      if (earlier == null) {
        databases.add(new DatabaseName(instance(url).id(), url.database()));
      } else {
        problems.add(
            "%s: %s/%s was given before (%s)"
                .formatted(where, url.address(), url.database(), earlier));
      }
    } catch (ApiException e) {
      problems.add("%s: %s".formatted(where, e.getMessage()));
    }
  }

  private Instance instance(TargetUrl url) {
    var login = new Login(url.address(), url.user(), url.password(), url.tls());
    return instances.computeIfAbsent(
        login,
        _ -> {
          var others =
              instances.keySet().stream().filter(l -> l.address().equals(url.address())).count();
          var id = others == 0 ? url.address() : url.address() + "#" + (others + 1);
          passwords.put(id, url.password());
          return url.instance(id);
        });
  }
}
