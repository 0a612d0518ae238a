// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli;

import dev.plancheck.cli.terminal.Terminal;

/// Where the program begins.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new Program(Terminal.ofProcess()).run(args));
  }
}
