// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// A fleet for all tests of a class, and for each test metadata and servers of its own.
@Tag("chaos")
abstract class ChaosContext {
  static final int DATABASES = 40;

  /// A run of the whole fleet takes about six seconds with both.
  static final String SLOWLY = "--connections=2";

  static final Duration BREATH = Duration.ofMillis(300);

  static Fleet fleet;

  @TempDir Path folder;
  Rig rig;

  @BeforeAll
  static void startFleet() throws SQLException {
    fleet = Fleet.start(DATABASES);
  }

  @AfterAll
  static void stopFleet() {
    fleet.close();
  }

  @BeforeEach
  void open() throws IOException {
    rig = new Rig(folder, fleet);
  }

  @AfterEach
  void close() throws IOException {
    rig.close();
  }
}
