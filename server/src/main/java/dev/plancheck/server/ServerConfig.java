// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.embedded.Folders;
import dev.plancheck.server.http.HttpConfig;
import dev.plancheck.server.secret.Vault;
import dev.plancheck.store.StorageConfig;
import dev.plancheck.targets.login.Passwords;
import dev.plancheck.targets.mysql.noop.GhostProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that decides how a server runs. `environment` is where `env:` passwords are looked
/// up; `folders.cache` is where PostgreSQL is unpacked and the judge of syntax lives; `syncEvery`
/// is the pause between two looks at which databases the instances have; `policy` is the text of
/// the review policy that governs where none is stored.
public record ServerConfig(
    String version,
    HttpConfig http,
    Metadata metadata,
    Path dataFolder,
    Folders folders,
    Map<String, String> environment,
    RunSettings runs,
    Duration syncEvery,
    String policy) {
  public static final Duration SYNC_EVERY = Duration.ofMinutes(10);

  private static final String PRIVATE_WEBHOOKS = "PLANCHECK_PRIVATE_WEBHOOKS";

  /// Where projects, plans and runs are kept.
  public sealed interface Metadata {
    /// In a PostgreSQL of our own in the data folder, safe against a crash.
    record Embedded() implements Metadata {}

    /// In a database that somebody else keeps.
    record At(StorageConfig database) implements Metadata {}
  }

  public ServerConfig {
    environment = Map.copyOf(environment);
  }

  /// On port 8080 of this machine, with all data in the user's data folder.
  public static ServerConfig of(String version, Folders folders, Map<String, String> environment) {
    return new ServerConfig(
        version,
        HttpConfig.onPort(8080),
        new Metadata.Embedded(),
        folders.data(),
        folders,
        environment,
        RunSettings.DEFAULT,
        SYNC_EVERY,
        "");
  }

  public ServerConfig withHttp(HttpConfig other) {
    return new ServerConfig(
        version, other, metadata, dataFolder, folders, environment, runs, syncEvery, policy);
  }

  public ServerConfig withDataFolder(Path other) {
    return new ServerConfig(
        version, http, metadata, other, folders, environment, runs, syncEvery, policy);
  }

  public ServerConfig withMetadata(Metadata other) {
    return new ServerConfig(
        version, http, other, dataFolder, folders, environment, runs, syncEvery, policy);
  }

  /// With the metadata at `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`. Throws [ApiException]
  /// INVALID_ARGUMENT, without the password, for anything else.
  public ServerConfig withDatabaseUrl(String url) {
    try {
      return withMetadata(new Metadata.At(StorageConfig.parse(url)));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("database-url", String.valueOf(e.getMessage()));
    }
  }

  public ServerConfig withRuns(RunSettings other) {
    return new ServerConfig(
        version, http, metadata, dataFolder, folders, environment, other, syncEvery, policy);
  }

  public ServerConfig withSyncEvery(Duration other) {
    return new ServerConfig(
        version, http, metadata, dataFolder, folders, environment, runs, other, policy);
  }

  public ServerConfig withPolicy(String text) {
    return new ServerConfig(
        version, http, metadata, dataFolder, folders, environment, runs, syncEvery, text);
  }

  /// Whether webhooks may go to addresses that are not public, and over plain HTTP, by
  /// `PLANCHECK_PRIVATE_WEBHOOKS`. Throws [ApiException] INVALID_ARGUMENT for any other word than
  /// `allowed`.
  boolean allowsPrivateWebhooks() {
    var word = environment.getOrDefault(PRIVATE_WEBHOOKS, "");
    if (!word.isEmpty() && !word.equals("allowed")) {
      throw ApiException.invalid(
          PRIVATE_WEBHOOKS, "%s: %s (expected: allowed)".formatted(PRIVATE_WEBHOOKS, word));
    }
    return !word.isEmpty();
  }

  /// The gh-ost that `PLANCHECK_GHOST_BINARY` names; null for none. Throws [ApiException]
  /// INVALID_ARGUMENT for what is no program.
  @Nullable GhostProgram ghost() {
    try {
      return GhostProgram.of(environment).orElse(null);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(GhostProgram.VARIABLE, String.valueOf(e.getMessage()));
    }
  }

  Passwords passwords(Vault vault) {
    return Passwords.referenced(
        environment::get,
        (instance, sealed) ->
            vault
                .unseal(instance.id(), sealed)
                .orElseThrow(() ->
                    new TargetException(
                        TargetException.Kind.NOT_PERMITTED,
                        "The password of instance %s was stored by a server with another key than that of the data folder %s: give it again."
                            .formatted(instance.id(), dataFolder))));
  }

  /// Without the environment, which is full of secrets.
  @Override
  public String toString() {
    return "ServerConfig[%s, %s, %s, %s]".formatted(version, http, metadata, dataFolder);
  }
}
