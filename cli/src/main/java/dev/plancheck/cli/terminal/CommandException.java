// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

/// Ends a command with a message for its user: what is wrong, where, and what to do.
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// Wrong flags, or input that cannot be read.
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  public static CommandException unreachable(String message) {
    return new CommandException(ExitCode.UNREACHABLE, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
