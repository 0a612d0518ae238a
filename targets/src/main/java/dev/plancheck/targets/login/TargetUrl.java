// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.login;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.engine.Engine;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A database as people name it on a command line: by a URL of libpq (PostgreSQL manual, 34.1.1.2),
/// or by one of the same form that begins with `mysql` or `mariadb`.
///
/// It holds a password: [#toString] hides it, and no error repeats any part of the text.
public record TargetUrl(
    Engine engine,
    String host,
    int port,
    String user,
    @Nullable String password,
    String database,
    TlsMode tls) {
  private static final String OTHERS = "; for other databases mysql:// or mariadb://";

  /// No `@` but the one before the host, so that a piece of a password is never taken for a host.
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:jdbc:)?(?<scheme>postgres(?:ql)?|mysql|mariadb)://(?:(?<user>[^:/?#@]*)(?::(?<password>[^/?#@]*))?@)?"
              + "(?<host>\\[[^]/?#@]*]|[^:/?#@\\[\\]]*)(?::(?<port>[0-9]*))?"
              + "(?:/(?<dbname>[^?#@]*))?(?:\\?(?<parameters>[^#@]*))?");

  /// What changes nothing here is let through.
  private static final Set<String> IGNORED = Set.of("application_name", "connect_timeout");

  private static final Set<String> KNOWN =
      Set.of("host", "port", "user", "password", "dbname", "sslmode");

  /// Throws [ApiException] INVALID_ARGUMENT that says what is wrong, without the text.
  public static TargetUrl parse(String text) {
    var matcher = PARTS.matcher(text.strip());
    if (!matcher.matches()) {
      throw wrong(null, "is not of the form of a URL");
    }
    var scheme = matcher.group("scheme");
    var engine = Engine.byId(scheme).orElse(Engine.POSTGRESQL);
    try {
      return parse(engine, matcher);
    } catch (Wrong e) {
      throw wrong(engine, e.what);
    }
  }

  private static TargetUrl parse(Engine engine, Matcher matcher) {
    var parts = new HashMap<String, String>();
    for (var name : new String[] {"user", "password", "host", "port", "dbname"}) {
      var part = matcher.group(name);
      if (part != null && !part.isEmpty()) {
        parts.put(name, decoded(part));
      }
    }
    if (matcher.group("parameters") != null) {
      addParameters(matcher.group("parameters"), parts);
    }
    return of(engine, parts);
  }

  /// The server as an instance of its own. The password is not in it: the caller's [Passwords]
  /// hands it out.
  public Instance instance(String id) {
    return new Instance(id, address(), engine, "", host, port, user, new Secret.None(), tls);
  }

  /// `host:port`, an IPv6 address in brackets.
  public String address() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  @Override
  public String toString() {
    return "%s://%s%s@%s/%s"
        .formatted(engine.id(), user, password == null ? "" : ":***", address(), database);
  }

  private static TargetUrl of(Engine engine, Map<String, String> parts) {
    var user = parts.getOrDefault("user", System.getProperty("user.name", "postgres"));
    return new TargetUrl(
        engine,
        host(parts.getOrDefault("host", "localhost")),
        port(parts.getOrDefault("port", usualPort(engine))),
        user,
        parts.get("password"),
        database(engine, parts.get("dbname"), user),
        tls(parts.getOrDefault("sslmode", "prefer")));
  }

  private static String usualPort(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> "5432";
      case MYSQL, MARIADB -> "3306";
    };
  }

  /// PostgreSQL's clients take the user's name where there is none.
  private static String database(Engine engine, @Nullable String written, String user) {
    if (written != null) {
      return written;
    }
    if (engine == Engine.POSTGRESQL) {
      return user;
    }
    throw new Wrong("names no database");
  }

  private static void addParameters(String text, Map<String, String> parts) {
    for (var parameter : text.split("&", -1)) {
      var equals = parameter.indexOf('=');
      var name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (KNOWN.contains(name) && equals >= 0) {
        parts.put(name, decoded(parameter.substring(equals + 1)));
      } else if (!IGNORED.contains(name) && !parameter.isEmpty()) {
        throw new Wrong(
            "has a parameter that is not known here (known: host, port, user, password, dbname,"
                + " sslmode; the certificate to trust is named by the environment variable"
                + " PGSSLROOTCERT, for MySQL and MariaDB MYSQL_SSL_CA)");
      }
    }
  }

  private static String host(String text) {
    var host =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (host.startsWith("/")) {
      throw new Wrong(
          "names the folder of a socket: connections go over TCP, to a host and a port");
    }
    if (host.indexOf(',') >= 0) {
      throw new Wrong("names several hosts: give each its own URL");
    }
    if (!Endpoint.isHost(host)) {
      throw new Wrong("has a host that is neither a name nor an address");
    }
    return host;
  }

  private static int port(String text) {
    try {
      var port = Integer.parseInt(text);
      if (Endpoint.isPort(port)) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new Wrong("has a port that is no number from 1 to 65535");
  }

  private static TlsMode tls(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "disable" -> TlsMode.DISABLE;
      case "allow", "prefer" -> TlsMode.PREFER;
      case "require", "trust" -> TlsMode.REQUIRE;
      case "verify-ca" -> TlsMode.VERIFY_CA;
      case "verify-full" -> TlsMode.VERIFY_FULL;
      default ->
          throw new Wrong(
              "has an unknown sslmode (known: disable, allow, prefer, require, verify-ca,"
                  + " verify-full)");
    };
  }

  private static String decoded(String text) {
    var bytes = ByteBuffer.allocate(text.length() * 3);
    for (var at = 0; at < text.length(); at++) {
      if (text.charAt(at) != '%') {
        var end = text.offsetByCodePoints(at, 1);
        bytes.put(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
        at = end - 1;
      } else if (isEscape(text, at)) {
        bytes.put((byte) Integer.parseInt(text, at + 1, at + 3, 16));
        at += 2;
      } else {
        throw new Wrong("has a percent sign that no two hexadecimal digits follow");
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      throw new Wrong("has escaped bytes that are not UTF-8 together");
    }
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }

  private static ApiException wrong(@Nullable Engine engine, String what) {
    var scheme = (engine == null ? Engine.POSTGRESQL : engine).id();
    return new ApiException(
        Code.INVALID_ARGUMENT,
        "The target's URL %s (expected: %s://user:password@host:port/database?sslmode=prefer, with any of : / ? # @ %% in a user, password or database written as %%XX%s)."
            .formatted(what, scheme, engine == null ? OTHERS : ""));
  }

  /// What is wrong, before it is told which form is expected.
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String what;

    Wrong(String what) {
      this.what = what;
    }
  }
}
