// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.login;

import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import java.util.regex.Pattern;

/// Where a connection leads, for messages to people; holds no secret.
public record Endpoint(String host, int port, String user, TlsMode tls, String database) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /// Throws [TargetException] UNREACHABLE for what cannot be a host or port: the driver would take
  /// some characters for options.
  public static Endpoint of(Instance instance, String database) throws TargetException {
    var host = instance.host();
    if (!isHost(host)) {
      throw new TargetException(
          Kind.UNREACHABLE,
          "Instance %s has the host \"%s\" (expected: a name or an address)."
              .formatted(instance.id(), host));
    }
    if (!isPort(instance.port())) {
      throw new TargetException(
          Kind.UNREACHABLE,
          "Instance %s has the port %d (expected: 1 to 65535)."
              .formatted(instance.id(), instance.port()));
    }
    return new Endpoint(host, instance.port(), instance.user(), instance.tls(), database);
  }

  public static boolean isHost(String text) {
    return NAME.matcher(text).matches() || IPV6.matcher(text).matches();
  }

  public static boolean isPort(int number) {
    return 1 <= number && number <= 65_535;
  }

  /// `host:port`, an IPv6 address in brackets.
  public String address() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
