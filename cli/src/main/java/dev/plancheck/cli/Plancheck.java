// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli;

import dev.plancheck.cli.terminal.CommandException;
import picocli.CommandLine.Command;

/// The program itself, without a command.
@Command(
    name = "plancheck",
    description = "What will this change do to every database it targets, and may it go?",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Begin with one of these:",
      "  plancheck lint migrations/            review scripts, no database needed",
      "  plancheck check V7.sql --target postgresql://app@db1/shop",
      "                                        review, locks and row counts on a real database",
      "  plancheck demo --once                 a change checked on 100 sample databases",
      "  plancheck explain index.create-without-concurrently",
      "                                        what a finding means, and what to do",
      "",
      "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or unreadable input,",
      "3 a server could not be reached, 70 a bug in plancheck.",
      "'plancheck COMMAND --help' shows a command with examples."
    })
final class Plancheck implements Runnable {
  @Override
  public void run() {
    throw CommandException.usage("no command given; 'plancheck --help' lists them");
  }
}
