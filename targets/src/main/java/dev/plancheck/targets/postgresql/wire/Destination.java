// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import java.time.Duration;
import java.util.Properties;
import org.postgresql.jdbc.SslMode;

/// Where a connection leads and as whom. `tls` are properties of the JDBC driver, which chooses the
/// trusted certificates by them. `connect` limits each attempt at an address, `answer` each wait
/// for the server later on; zero is no limit.
public record Destination(
    String host,
    int port,
    String user,
    String database,
    SslMode mode,
    Properties tls,
    Duration connect,
    Duration answer) {
  /// Without TLS.
  public static Destination plain(
      String host, int port, String user, String database, Duration connect, Duration answer) {
    return new Destination(
        host, port, user, database, SslMode.DISABLE, new Properties(), connect, answer);
  }

  Destination with(SslMode other) {
    return new Destination(host, port, user, database, other, tls, connect, answer);
  }
}
