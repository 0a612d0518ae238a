// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli;

import static java.util.stream.Collectors.joining;

import dev.plancheck.checks.ApiException;
import dev.plancheck.cli.catalogue.ExplainCommand;
import dev.plancheck.cli.catalogue.RulesCommand;
import dev.plancheck.cli.check.CheckCommand;
import dev.plancheck.cli.client.ServerException;
import dev.plancheck.cli.completion.CompletionCommand;
import dev.plancheck.cli.demo.DemoCommand;
import dev.plancheck.cli.gate.GateCommand;
import dev.plancheck.cli.lint.LintCommand;
import dev.plancheck.cli.migrate.MigrateCommand;
import dev.plancheck.cli.policies.PoliciesCommand;
import dev.plancheck.cli.report.FailOn;
import dev.plancheck.cli.report.Format;
import dev.plancheck.cli.serve.ServeCommand;
import dev.plancheck.cli.terminal.ColorMode;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.ExitCode;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.cli.users.UsersCommand;
import dev.plancheck.embedded.ClusterException;
import dev.plancheck.rules.policy.Near;
import dev.plancheck.store.StorageException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, wired to one terminal. Answers go to standard output, everything else to standard
/// error.
public final class Program {
  private final Terminal terminal;
  private final PrintWriter err;
  private final CommandLine commands;

  public Program(Terminal terminal) {
    this.terminal = terminal;
    this.err = writer(terminal.err());
    this.commands = new CommandLine(new Plancheck());
    commands.addSubcommand(new DemoCommand(terminal));
    commands.addSubcommand(new LintCommand(terminal));
    commands.addSubcommand(new CheckCommand(terminal));
    commands.addSubcommand(new ExplainCommand(terminal));
    commands.addSubcommand(new RulesCommand(terminal));
    commands.addSubcommand(new ServeCommand(terminal));
    commands.addSubcommand(new GateCommand(terminal));
    commands.addSubcommand(new UsersCommand(terminal));
    commands.addSubcommand(new PoliciesCommand(terminal));
    commands.addSubcommand(new MigrateCommand(terminal));
    commands.addSubcommand(new CompletionCommand(terminal));
    commands
        .setOut(writer(terminal.out()))
        .setErr(err)
        .setColorScheme(colors(terminal.out()))
        .registerConverter(Format.class, word -> constant(Format.values(), word))
        .registerConverter(FailOn.class, word -> constant(FailOn.values(), word))
        .registerConverter(ColorMode.class, word -> constant(ColorMode.values(), word))
        .setAbbreviatedSubcommandsAllowed(false)
        .setUsageHelpWidth(Math.min(100, terminal.out().columns()))
        .setParameterExceptionHandler(this::wrongUsage)
        .setExecutionExceptionHandler(this::failed);
  }

  /// Runs one command; returns its exit code, see [ExitCode].
  public int run(String... args) {
    try {
      return commands.execute(args);
    } catch (OutOfMemoryError e) {
      return said(
          "out of memory: Java may use %,d MB. Split large scripts, or allow more: PLANCHECK_JAVA_OPTIONS=-Xmx4g"
              .formatted(Runtime.getRuntime().maxMemory() >> 20),
          ExitCode.USAGE);
    }
  }

  /// The constant of a word of the command line, in any case.
  private static <E extends Enum<E>> E constant(E[] constants, String word) {
    return Stream.of(constants)
        .filter(constant -> constant.toString().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "%s (expected: %s)"
                    .formatted(
                        word, Stream.of(constants).map(Enum::toString).collect(joining(", ")))));
  }

  private int wrongUsage(ParameterException e, String[] args) {
    var command = e.getCommandLine();
    say(
        e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()
            ? unmatched(unmatched, command)
            : e.getMessage());
    err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    err.flush();
    return ExitCode.USAGE;
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine command) {
    var word = e.getUnmatched().getFirst();
    if (e.isUnknownOption()) {
      var options = command.getCommandSpec().optionsMap().keySet();
      return e.getMessage() + Near.hint(word.replaceFirst("=.*", ""), options);
    }
    var commands = command.getSubcommands().keySet();
    return commands.isEmpty()
        ? "%s: unexpected".formatted(word)
        : "there is no command %s%s".formatted(word, Near.hint(word, commands));
  }

  private int failed(Exception e, CommandLine command, ParseResult parsed) {
    return switch (e) {
      case CommandException known -> said(known.getMessage(), known.exitCode());
      case ServerException asked -> said(asked.getMessage(), asked.exitCode());
      case ApiException wrong -> said(wrong.getMessage(), ExitCode.USAGE);
      case StorageException gone -> said(gone.getMessage(), ExitCode.UNREACHABLE);
      case ClusterException broken -> said(broken.getMessage(), ExitCode.UNREACHABLE);
      default -> {
        e.printStackTrace(err);
        yield said(
            "this is a bug in plancheck %s: %s".formatted(Version.current(), e), ExitCode.BUG);
      }
    };
  }

  private int said(@Nullable String message, int exitCode) {
    say(message);
    return exitCode;
  }

  /// Each line of a message names the program, so that it is clear who speaks in a log of many.
  private void say(@Nullable String message) {
    String.valueOf(message).lines().forEach(line -> err.println("plancheck: " + line));
    err.flush();
  }

  private Help.ColorScheme colors(Terminal.Stream stream) {
    var on = ColorMode.AUTO.paint(stream, terminal.environment()).on();
    return Help.defaultColorScheme(on ? Help.Ansi.ON : Help.Ansi.OFF);
  }

  private static PrintWriter writer(Terminal.Stream stream) {
    return new PrintWriter(new OutputStreamWriter(stream.bytes(), StandardCharsets.UTF_8), false);
  }
}
