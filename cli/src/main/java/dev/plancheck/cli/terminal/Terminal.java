// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/// All that a command may touch of the process it runs in, so that tests can hand over their own.
///
/// `folder` is what relative paths start from.
public record Terminal(
    InputStream in, Stream out, Stream err, Map<String, String> environment, Path folder) {
  private static final int USUAL_COLUMNS = 100;

  public Terminal {
    environment = Map.copyOf(environment);
  }

  /// Where bytes go; `columns` is the width to fit into.
  public record Stream(OutputStream bytes, boolean isTerminal, int columns) {}

  /// The terminal of this process. The launcher tells by system properties which streams are
  /// terminals and how wide: Java itself can only tell whether all of them are one.
  public static Terminal ofProcess() {
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        new Stream(
            new FileOutputStream(FileDescriptor.out),
            Boolean.getBoolean("plancheck.out"),
            columns()),
        new Stream(
            new FileOutputStream(FileDescriptor.err),
            Boolean.getBoolean("plancheck.err"),
            columns()),
        System.getenv(),
        Path.of("").toAbsolutePath());
  }

  private static int columns() {
    var told = Integer.getInteger("plancheck.columns", USUAL_COLUMNS);
    return told >= 20 ? told : USUAL_COLUMNS;
  }
}
