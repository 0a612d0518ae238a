// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.migrate;

import dev.plancheck.checks.migration.MigrationReport;
import dev.plancheck.cli.Version;
import dev.plancheck.cli.report.OutputOptions;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.ExitCode;
import dev.plancheck.cli.terminal.Progress;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.embedded.Folders;
import dev.plancheck.server.MetadataDatabase;
import dev.plancheck.server.ServerConfig;
import dev.plancheck.store.LegacyMigration;
import dev.plancheck.store.LegacyMigration.Wish;
import dev.plancheck.store.StorageConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `plancheck migrate`: reads a deployment with one row per check, and makes one record per plan of
/// it.
@Command(
    name = "migrate",
    description =
        "Brings plans of a deployment with one row per check here, without opening a gate.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  plancheck migrate --from postgresql://reader:secret@db0/old --dry-run",
      "                                         tells what would become of each plan; stores"
          + " nothing",
      "  plancheck migrate --from postgresql://reader:secret@db0/old",
      "                                         every plan shows what was found, and waits for a"
          + " new",
      "                                         run: nobody knows what old rows were checked by",
      "  plancheck migrate --from postgresql://reader:secret@db0/old --trust-legacy-for 14",
      "                                         plans whose oldest result is younger than 14 days"
          + " may",
      "                                         go until it is not, if nothing is wrong with them",
      "",
      "It reads the tables plan_check_run (a row for each plan, database, sheet and kind of check)"
          + " and",
      "plan, in one transaction that cannot write, and stores all plans or none: it may be stopped,"
          + " and",
      "done again, at any time. Rows that cannot be understood are kept aside, and shut their"
          + " plan.",
      "",
      "The report tells for each plan whether its gate was open, is, and would be with trust (of"
          + " 30",
      "days, if --trust-legacy-for says nothing else). If a gate would open, nothing is stored.",
      "",
      "Exit codes: 0 done, 1 a gate would open, 2 wrong usage, 3 a database cannot be used."
    })
public final class MigrateCommand implements Callable<Integer> {
  private static final String DATABASE_URL = "PLANCHECK_DATABASE_URL";
  private static final int MOST_DAYS = 3650;
  private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private final Terminal terminal;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URL",
      description = "where the rows are: postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
  private String from = "";

  @Option(
      names = "--dry-run",
      description = "do everything, tell what came of it, and take it back")
  private boolean dryRun;

  @Option(
      names = "--trust-legacy-for",
      paramLabel = "DAYS",
      description =
          "how long results count as if plancheck had found them, from the oldest of each plan")
  private @Nullable Integer trustDays;

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "what gets the plans, under their old numbers (default: ${DEFAULT-VALUE})")
  private String project = "legacy";

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "the metadata of plancheck, also by " + DATABASE_URL)
  private @Nullable String databaseUrl;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where the embedded metadata is kept, while no server runs on it")
  private @Nullable Path dataFolder;

  @Mixin private OutputOptions options = new OutputOptions();

  public MigrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var wish = new Wish(source(), project(), days(), dryRun);
    var output = options.output(terminal);
    var paint = options.paint(terminal);
    var report = migrate(wish);
    output.write(
        switch (options.format()) {
          case HUMAN -> out -> MigrateFormat.writeHuman(out, report, wish, paint);
          case JSON -> out -> MigrateFormat.writeJson(out, report, wish);
        });
    return report.opens() ? ExitCode.FINDINGS : ExitCode.OK;
  }

  private MigrationReport migrate(Wish wish) {
    try (var metadata = MetadataDatabase.open(config());
        var progress = new Progress(terminal)) {
      return new LegacyMigration(metadata.storage(), progress::say).run(wish);
    }
  }

  private ServerConfig config() {
    var config = ServerConfig.of(Version.current(), Folders.ofUser(), terminal.environment());
    if (dataFolder != null) {
      config = config.withDataFolder(terminal.folder().resolve(dataFolder));
    }
    var url = databaseUrl != null ? databaseUrl : terminal.environment().get(DATABASE_URL);
    return url == null ? config : config.withDatabaseUrl(url);
  }

  private StorageConfig source() {
    try {
      return StorageConfig.parse(from);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--from: " + e.getMessage());
    }
  }

  private String project() {
    if (!PROJECT.matcher(project).matches()) {
      throw CommandException.usage(
          "--project: %s (expected: lower-case letters, digits and dashes, a letter first, 63 at most)"
              .formatted(project));
    }
    return project;
  }

  /// 0 is nobody trusts anything.
  private int days() {
    if (trustDays == null) {
      return 0;
    }
    if (trustDays < 1 || trustDays > MOST_DAYS) {
      throw CommandException.usage(
          "--trust-legacy-for: %d (expected: 1 to %d days)".formatted(trustDays, MOST_DAYS));
    }
    return trustDays;
  }
}
