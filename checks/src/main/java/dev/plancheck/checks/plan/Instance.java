// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.engine.Engine;

/// A database server and how to reach it. `environment` is an [Environment]'s id, or empty for
/// none. `ghostScratchSchema` is the database in which [GhostProbe#CLONE] makes its copies, or
/// empty.
///
/// `password` is never the password itself unless it was resolved for one connection: see [Secret].
public record Instance(
    String id,
    String title,
    Engine engine,
    String environment,
    String host,
    int port,
    String user,
    Secret password,
    TlsMode tls,
    GhostProbe ghostProbe,
    String ghostScratchSchema) {
  /// Its data is not looked at for gh-ost.
  public Instance(
      String id,
      String title,
      Engine engine,
      String environment,
      String host,
      int port,
      String user,
      Secret password,
      TlsMode tls) {
    this(id, title, engine, environment, host, port, user, password, tls, GhostProbe.OFF, "");
  }

  public Instance withGhostProbe(GhostProbe changed, String scratchSchema) {
    return new Instance(
        id, title, engine, environment, host, port, user, password, tls, changed, scratchSchema);
  }

  /// What a check for gh-ost may do, besides reading the catalogue.
  public enum GhostProbe {
    OFF,
    /// Whether there are rows that gh-ost would lose: queries that only read.
    DATA,
    /// That, and trying the ALTER on an empty copy of the table in the scratch schema, with some
    /// rows copied into it: the only level that writes.
    CLONE
  }

  /// How a password is kept: by reference, or sealed by the server's own key; never in clear.
  public sealed interface Secret {
    /// No password.
    record None() implements Secret {}

    /// The name of an environment variable of the server's process, read at each use.
    record Env(String variable) implements Secret {}

    /// The path of a file, read at each use; a line end at its end is dropped.
    record File(String path) implements Secret {}

    /// Encrypted with the instance's name as associated data; base64.
    record Sealed(String ciphertext) implements Secret {}
  }

  /// TLS towards the server, named as libpq's sslmode.
  public enum TlsMode {
    DISABLE,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL
  }
}
