// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

/// What a command's exit code says; scripts rely on these.
public final class ExitCode {
  /// Nothing at or above `--fail-on`.
  public static final int OK = 0;

  public static final int FINDINGS = 1;

  /// Wrong usage, or input that cannot be read.
  public static final int USAGE = 2;

  /// A target or a server could not be reached: nobody knows what it would have said.
  public static final int UNREACHABLE = 3;

  /// A bug in plancheck (EX_SOFTWARE of sysexits.h).
  public static final int BUG = 70;

  private ExitCode() {}
}
