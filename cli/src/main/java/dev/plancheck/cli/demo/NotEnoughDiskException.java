// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import java.nio.file.Path;

/// The disk is too full for the tenants that were asked for.
final class NotEnoughDiskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotEnoughDiskException(Path folder, long usable, int databases, long needed) {
    super(
        "%d databases need about %d MB of disk, and %s has %d MB left: ask for fewer with --databases, or set PLANCHECK_HOME to a folder on another disk"
            .formatted(databases, needed >> 20, folder, usable >> 20));
  }
}
