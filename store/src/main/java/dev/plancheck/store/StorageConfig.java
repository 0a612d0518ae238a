// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where our own database is. `jdbcUrl` holds neither user nor password; null leaves them to the
/// driver's defaults. `resultBudget` is the most bytes of JSON that the row of a run holds of its
/// results; more goes into further rows of that size.
public record StorageConfig(
    String jdbcUrl,
    @Nullable String user,
    @Nullable String password,
    int poolSize,
    long resultBudget) {
  public static final int DEFAULT_POOL_SIZE = 10;
  public static final long DEFAULT_RESULT_BUDGET = 8L << 20;

  private static final String JDBC = "jdbc:";
  private static final String DRIVER = "jdbc:postgresql:";

  public StorageConfig {
    if (!jdbcUrl.startsWith(DRIVER)) {
      throw new IllegalArgumentException(
          "database URL: %s (expected: postgresql://USER:PASSWORD@HOST:PORT/DATABASE)"
              .formatted(withoutSecrets(jdbcUrl)));
    }
    if (poolSize < 1) {
      throw new IllegalArgumentException("pool size: %d (expected: > 0)".formatted(poolSize));
    }
    if (resultBudget < 1) {
      throw new IllegalArgumentException(
          "bytes of a result in its row: %d (expected: > 0)".formatted(resultBudget));
    }
  }

  public static StorageConfig of(String jdbcUrl, String user, String password) {
    return new StorageConfig(jdbcUrl, user, password, DEFAULT_POOL_SIZE, DEFAULT_RESULT_BUDGET);
  }

  /// Reads `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?options`, also with `postgres:` or
  /// `jdbc:postgresql:` in front. Throws IllegalArgumentException, without the password, for
  /// anything else.
  public static StorageConfig parse(String url) {
    var plain = url.startsWith(JDBC) ? url.substring(JDBC.length()) : url;
    var start = plain.indexOf("://");
    var scheme = start < 0 ? "" : plain.substring(0, start);
    if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
      throw new IllegalArgumentException(
          "database URL: %s (expected: postgresql://USER:PASSWORD@HOST:PORT/DATABASE)"
              .formatted(withoutSecrets(url)));
    }
    var rest = plain.substring(start + "://".length());
    var at = rest.lastIndexOf('@', endOfAuthority(rest));
    var login = at < 0 ? "" : rest.substring(0, at);
    var colon = login.indexOf(':');
    var user = colon < 0 ? login : login.substring(0, colon);
    return new StorageConfig(
        DRIVER + "//" + rest.substring(at + 1),
        user.isEmpty() ? null : decoded(user),
        colon < 0 ? null : decoded(login.substring(colon + 1)),
        DEFAULT_POOL_SIZE,
        DEFAULT_RESULT_BUDGET);
  }

  public StorageConfig withPoolSize(int size) {
    return new StorageConfig(jdbcUrl, user, password, size, resultBudget);
  }

  public StorageConfig withResultBudget(long bytes) {
    return new StorageConfig(jdbcUrl, user, password, poolSize, bytes);
  }

  /// `host:port/database`, for messages.
  String place() {
    return withoutSecrets(jdbcUrl);
  }

  Optional<String> userName() {
    return Optional.ofNullable(user);
  }

  Optional<String> userPassword() {
    return Optional.ofNullable(password);
  }

  @Override
  public String toString() {
    return "StorageConfig[%s, %d connections]".formatted(place(), poolSize);
  }

  private static int endOfAuthority(String rest) {
    var slash = rest.indexOf('/');
    return slash < 0 ? rest.length() : slash;
  }

  /// A password may stand before the `@` and among the options.
  private static String withoutSecrets(String url) {
    var options = url.indexOf('?');
    var visible = options < 0 ? url : url.substring(0, options);
    var slashes = visible.indexOf("//");
    var from = Math.max(visible.lastIndexOf('@') + 1, slashes < 0 ? 0 : slashes + 2);
    return visible.substring(from);
  }

  private static String decoded(String part) {
    // A plus is a plus here, unlike in a form.
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
