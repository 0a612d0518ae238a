// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.Password;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.ScratchSchema;
import dev.plancheck.engine.Engine;
import dev.plancheck.server.secret.Vault;
import java.util.regex.Pattern;

/// From an instance's message to a record. A password in clear is sealed here, before it is part of
/// any record, and goes no further.
public final class InstanceFromProto {
  /// A name or an address: nothing that means something in a connection's URL.
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final Vault vault;

  public InstanceFromProto(Vault vault) {
    this.vault = vault;
  }

  public Instance create(String id, dev.plancheck.api.v1.Instance message) {
    return instance(id, message, new Instance.Secret.None());
  }

  /// `message` is what the instance shall be; of `current` only the password is kept, if the
  /// message has no other. A stored password is not handed to another server or user: who changes
  /// where it goes must know it.
  public Instance update(Instance current, dev.plancheck.api.v1.Instance message) {
    var engine = engine(message.getEngine());
    if (engine != current.engine()) {
      throw ApiException.invalid(
          "instance.engine",
          "instance.engine: %s (expected: %s; it cannot be changed)"
              .formatted(engine, current.engine()));
    }
    var updated = instance(current.id(), message, current.password());
    if (current.password() instanceof Instance.Secret.Sealed
        && updated.password().equals(current.password())
        && !(updated.host().equals(current.host())
            && updated.port() == current.port()
            && updated.user().equals(current.user()))) {
      throw ApiException.invalid(
          "instance.password",
          "instance.password: not given (expected: the password again, since host, port or user"
              + " change)");
    }
    return updated;
  }

  private Instance instance(
      String id, dev.plancheck.api.v1.Instance message, Instance.Secret kept) {
    return new Instance(
        id,
        text("instance.title", message.getTitle()),
        engine(message.getEngine()),
        message.getEnvironment(),
        host(message.getHost()),
        port(message.getPort(), engine(message.getEngine())),
        required("instance.user", message.getUser()),
        message.hasPassword()
            ? secret(id, message.getPassword(), kept)
            : new Instance.Secret.None(),
        tls(message.getTlsMode()),
        ghostProbe(message.getGhostProbe()),
        scratchSchema(ghostProbe(message.getGhostProbe()), message.getGhostScratchSchema()));
  }

  private static String scratchSchema(Instance.GhostProbe probe, String name) {
    var field = "instance.ghost_scratch_schema";
    var text = text(field, name);
    var flaw = ScratchSchema.flaw(probe, text);
    if (flaw.isPresent()) {
      throw ApiException.invalid(field, "%s: %s".formatted(field, flaw.get()));
    }
    return text;
  }

  private Instance.Secret secret(String id, Password password, Instance.Secret kept) {
    return switch (password.getSourceCase()) {
      case ENV -> new Instance.Secret.Env(password.getEnv());
      case FILE -> new Instance.Secret.File(text("instance.password.file", password.getFile()));
      case VALUE -> vault.seal(id, text("instance.password.value", password.getValue()));
      case SOURCE_NOT_SET -> kept;
    };
  }

  private static String host(String host) {
    if (!HOST.matcher(host).matches()) {
      throw ApiException.invalid(
          "instance.host",
          "instance.host: %s (expected: a host name or an IP address, without port)"
              .formatted(host));
    }
    return host;
  }

  private static String required(String field, String value) {
    if (value.isEmpty()) {
      throw ApiException.invalid(field, field + ": empty (expected: a value)");
    }
    return text(field, value);
  }

  /// The value itself is not repeated: it may be a password.
  private static String text(String field, String value) {
    return Text.check(field, value);
  }

  private static int port(int port, Engine engine) {
    return port == 0 ? usualPort(engine) : port;
  }

  private static int usualPort(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> 5432;
      case MYSQL, MARIADB -> 3306;
    };
  }

  private static Engine engine(dev.plancheck.api.v1.Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> Engine.POSTGRESQL;
      case MYSQL -> Engine.MYSQL;
      case MARIADB -> Engine.MARIADB;
      case ENGINE_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("instance.engine");
    };
  }

  private static Instance.GhostProbe ghostProbe(dev.plancheck.api.v1.Instance.GhostProbe probe) {
    return switch (probe) {
      case GHOST_PROBE_UNSPECIFIED, GHOST_PROBE_OFF -> Instance.GhostProbe.OFF;
      case GHOST_PROBE_DATA -> Instance.GhostProbe.DATA;
      case GHOST_PROBE_CLONE -> Instance.GhostProbe.CLONE;
      case UNRECOGNIZED -> throw Unrecognized.of("instance.ghost_probe");
    };
  }

  private static Instance.TlsMode tls(dev.plancheck.api.v1.Instance.TlsMode mode) {
    return switch (mode) {
      case TLS_MODE_UNSPECIFIED, PREFER -> Instance.TlsMode.PREFER;
      case DISABLE -> Instance.TlsMode.DISABLE;
      case REQUIRE -> Instance.TlsMode.REQUIRE;
      case VERIFY_CA -> Instance.TlsMode.VERIFY_CA;
      case VERIFY_FULL -> Instance.TlsMode.VERIFY_FULL;
      case UNRECOGNIZED -> throw Unrecognized.of("instance.tls_mode");
    };
  }
}
