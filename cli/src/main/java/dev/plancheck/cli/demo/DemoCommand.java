// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.cli.report.OutputOptions;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.ExitCode;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.mysql.MysqlBinaries;
import dev.plancheck.embedded.mysql.NoServerException;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.server.http.HttpConfig;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `plancheck demo`: embedded servers, sample tenants, one plan, and what its checks found.
@Command(
    name = "demo",
    description = {
      "Checks a risky change against 100 sample databases, on embedded servers; then has it"
          + " edited,",
      "approved, and rolled out to staging and five of them. With --engine mariadb the databases"
          + " are",
      "those of a private MariaDB, from the server program that is installed on this machine, and"
          + " the",
      "demo ends with the report."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plancheck demo --once                  the report, then all is removed again",
      "  plancheck demo                         the same, and a server stays up to try its API",
      "  plancheck demo --databases 300 --compare",
      "                                         more of them, and how long the plain way takes",
      "  plancheck demo --engine mariadb --once  the same on MariaDB, if it is installed",
      "",
      "It needs about 10 MB of disk a database, 3 with MariaDB, in the cache folder, and removes"
          + " what",
      "it made, also after Ctrl-C. Exit codes: 0 all was checked, 2 wrong usage, no disk, no"
          + " MariaDB."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int MOST_DATABASES = 2000;

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private final Terminal terminal;

  @Option(
      names = "--databases",
      paramLabel = "N",
      description = "how many tenants to create, 1 to 2000 (default: ${DEFAULT-VALUE})")
  private int databases = 100;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "where the tenants live, postgresql or mariadb (default: ${DEFAULT-VALUE})")
  private String engine = Engine.POSTGRESQL.id();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "where the server listens that stays up (default: ${DEFAULT-VALUE})")
  private int port = 8080;

  @Option(names = "--once", description = "end after the report")
  private boolean once;

  @Option(
      names = "--compare",
      description =
          "also check the plain way, one database after the other, a connection for each check and"
              + " for the catalogue, the full catalogue each, nothing shared; print the ratio")
  private boolean compare;

  @Mixin private OutputOptions output = new OutputOptions();

  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException, IOException, SQLException, TargetException {
    if (databases < 1 || databases > MOST_DATABASES) {
      throw CommandException.usage(
          "--databases: %d (expected: 1 to %d)".formatted(databases, MOST_DATABASES));
    }
    if (!once) {
      HttpConfig.onPort(port).requireFreePort();
    }
    var mariadb = mariadb();
    var folders = Folders.ofUser();
    var progress = new DemoProgress(terminal);
    var bytes = bytesNeeded(mariadb);
    try {
      DemoTenants.requireDisk(folders.cache(), databases, bytes);
    } catch (NotEnoughDiskException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
    progress.say(
        "plancheck demo: %d databases%s, about %d MB of disk in %s"
            .formatted(databases, on(mariadb), bytes >> 20, folders.cache()));
    var start = System.nanoTime();
    try (var servers = servers(folders, mariadb);
        var rooms = DemoRooms.open(servers, folders, once ? 0 : port)) {
      run(new Demo(servers, rooms, progress), Demo.since(start));
      if (!once) {
        progress.say(calls(rooms.url(), mariadb == null));
        rooms.server().awaitStop();
      }
    }
    return ExitCode.OK;
  }

  /// The server that the tenants live on, if it is not ours.
  private @Nullable MysqlBinaries mariadb() {
    var wanted = Engine.byId(engine).orElse(null);
    if (wanted == Engine.POSTGRESQL) {
      return null;
    }
    if (wanted != Engine.MARIADB) {
      throw CommandException.usage(
          "--engine: %s (expected: postgresql or mariadb)".formatted(engine));
    }
    if (compare) {
      throw CommandException.usage("--compare: goes with --engine postgresql only");
    }
    try {
      return MysqlBinaries.mariadb();
    } catch (NoServerException e) {
      throw CommandException.usage("--engine: mariadb: " + e.getMessage());
    }
  }

  private long bytesNeeded(@Nullable MysqlBinaries mariadb) {
    return mariadb == null
        ? DemoTenants.bytesNeeded(databases)
        : MariadbTenants.bytesNeeded(databases);
  }

  private static String on(@Nullable MysqlBinaries mariadb) {
    return mariadb == null
        ? ""
        : " on MariaDB (%s, %s)".formatted(mariadb.program(), mariadb.version());
  }

  private static DemoServers servers(Folders folders, @Nullable MysqlBinaries mariadb)
      throws InterruptedException {
    return mariadb == null ? DemoServers.start(folders) : DemoServers.start(folders, mariadb);
  }

  /// A rollout there is only where there was one.
  private static String calls(URI url, boolean rolledOut) {
    return """

    The server stays up at %1$s until Ctrl-C. Try:
      curl %1$s/v1/projects/demo/plans/1/planCheckRun
      curl '%1$s/v1/projects/demo/plans/1/planCheckRun/results?pageSize=3'
      curl -X POST -H 'Content-Type: application/json' -d '{}' %1$s/v1/projects/demo/plans/1:runPlanChecks
      ./plancheck gate demo/1 --server %1$s
      %2$s
      curl %1$s/v1/rules
    and %1$s/docs in a browser.\
    """
        .formatted(
            url,
            rolledOut
                ? "curl %s/v1/projects/demo/plans/1/rollout".formatted(url)
                : "curl %s/v1/projects/demo/plans/1".formatted(url));
  }

  private void run(Demo demo, long startMs)
      throws InterruptedException, SQLException, TargetException {
    var to = output.output(terminal);
    var report = demo.run(databases, startMs, compare);
    demo.progress().clear();
    var paint = output.paint(terminal);
    var change = new SourceText(demo.change());
    var engineOfTenants = demo.servers().tenants().engine();
    to.write(
        switch (output.format()) {
          case HUMAN ->
              out ->
                  new HumanDemoReport(out, paint, terminal.out().columns(), change, engineOfTenants)
                      .write(report);
          case JSON -> out -> out.write(JSON.toJson(report) + "\n");
        });
  }
}
