// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// An operating system and processor, as the archives of PostgreSQL are named after them.
record Platform(String system, String processor, boolean musl) {
  static Platform ofThisSystem() {
    return of(
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Files.exists(Path.of("/etc/alpine-release")));
  }

  static Platform of(String system, String processor, boolean musl) {
    var name = system.toLowerCase(Locale.ROOT);
    var known =
        name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
    return new Platform(
        known,
        switch (processor) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> processor;
        },
        musl);
  }

  /// Whether one process can see how another one was called.
  boolean showsArguments() {
    return !system.equals("windows");
  }

  String archiveName() {
    return "postgres-%s-%s%s.txz".formatted(system, processor, musl ? "-alpine_linux" : "");
  }

  @Override
  public String toString() {
    return system + " " + processor + (musl ? " (musl)" : "");
  }
}
