// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.login;

import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the password of an instance, anew for each connection. What it finds goes to the driver
/// and nowhere else.
@FunctionalInterface
public interface Passwords {
  /// Null when the instance has none. Throws [TargetException] NOT_PERMITTED when the reference
  /// leads nowhere; its message names the reference only.
  @Nullable String of(Instance instance) throws TargetException;

  /// Opens what the server sealed with a key of its own.
  @FunctionalInterface
  interface Opener {
    String open(Instance instance, Secret.Sealed sealed) throws TargetException;
  }

  /// Follows references to environment variables and files, and leaves sealed passwords to
  /// `opener`.
  static Passwords referenced(Function<String, @Nullable String> environment, Opener opener) {
    return instance ->
        switch (instance.password()) {
          case Secret.None _ -> null;
          case Secret.Env(var variable) -> fromEnvironment(instance, variable, environment);
          case Secret.File(var path) -> fromFile(instance, path);
          case Secret.Sealed sealed -> opener.open(instance, sealed);
        };
  }

  private static String fromEnvironment(
      Instance instance, String variable, Function<String, @Nullable String> environment)
      throws TargetException {
    var password = environment.apply(variable);
    if (password == null || password.isEmpty()) {
      throw missing(instance, "the environment variable %s, which is not set".formatted(variable));
    }
    return password;
  }

  private static String fromFile(Instance instance, String path) throws TargetException {
    try {
      var text = Files.readString(Path.of(path));
      var end = text.endsWith("\n") ? text.length() - 1 : text.length();
      return text.substring(0, end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end);
    } catch (IOException | InvalidPathException _) {
      throw missing(instance, "the file %s, which cannot be read as UTF-8 text".formatted(path));
    }
  }

  private static TargetException missing(Instance instance, String where) {
    return new TargetException(
        Kind.NOT_PERMITTED,
        "The password of instance %s is kept in %s.".formatted(instance.id(), where));
  }
}
