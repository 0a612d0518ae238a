// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.GhostProbe;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.engine.Engine;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/// Database servers in the table `instance`. A password is kept only as a reference or sealed.
final class PostgresInstances implements Instances {
  /// A secret as its two columns.
  private record Password(String kind, String reference) {
    static Password of(Secret secret) {
      return switch (secret) {
        case Secret.None() -> new Password("NONE", "");
        case Secret.Env(var variable) -> new Password("ENV", variable);
        case Secret.File(var path) -> new Password("FILE", path);
        case Secret.Sealed(var ciphertext) -> new Password("SEALED", ciphertext);
      };
    }

    Secret secret() {
      return switch (kind) {
        case "NONE" -> new Secret.None();
        case "ENV" -> new Secret.Env(reference);
        case "FILE" -> new Secret.File(reference);
        case "SEALED" -> new Secret.Sealed(reference);
        default -> throw StoredNames.unknown("password kind", kind);
      };
    }
  }

  private final Jdbi jdbi;

  PostgresInstances(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Instance create(Instance instance) {
    try {
      if (!insertIfAbsent(instance)) {
        throw ApiException.alreadyExists("instances/" + instance.id());
      }
    } catch (UnableToExecuteStatementException e) {
      throw ofEnvironment(instance, e);
    }
    return instance;
  }

  @Override
  public Optional<Instance> get(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id, title, engine, coalesce(environment, '') as environment, host, port, username,
                  password_kind, password_reference, tls_mode, ghost_probe,
                  ghost_scratch_schema
                from plancheck.instance
                where id = :id
                """)
            .bind("id", id)
            .map((row, _) -> instance(row))
            .findOne());
  }

  @Override
  public List<Instance> list(int limit, String afterId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id, title, engine, coalesce(environment, '') as environment, host, port, username,
                  password_kind, password_reference, tls_mode, ghost_probe,
                  ghost_scratch_schema
                from plancheck.instance
                where id > :afterId
                order by id
                limit :limit
                """)
            .bind("afterId", afterId)
            .bind("limit", limit)
            .map((row, _) -> instance(row))
            .list());
  }

  @Override
  public Instance update(Instance instance) {
    try {
      if (!replace(instance)) {
        throw ApiException.notFound("instances/" + instance.id());
      }
    } catch (UnableToExecuteStatementException e) {
      throw ofEnvironment(instance, e);
    }
    return instance;
  }

  @Override
  public boolean delete(String id) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate("delete from plancheck.instance where id = :id")
                .bind("id", id)
                .execute()
            == 1);
  }

  /// The environment is the only key of others that an instance names.
  private RuntimeException ofEnvironment(
      Instance instance, UnableToExecuteStatementException refusal) {
    return ForeignKeys.isViolated(refusal)
        ? Environment.unknown(
            instance.environment(), jdbi.withHandle(PostgresEnvironments::selectAll))
        : refusal;
  }

  private boolean insertIfAbsent(Instance instance) {
    return jdbi.withHandle(handle ->
        bound(
                    handle.createUpdate(
                        """
                        insert into plancheck.instance (id, title, engine, environment, host,
                          port, username, password_kind, password_reference, tls_mode,
                          ghost_probe, ghost_scratch_schema)
                        values (:id, :title, :engine, nullif(:environment, ''), :host,
                          :port, :username, :passwordKind, :passwordReference, :tlsMode,
                          :ghostProbe, :ghostScratchSchema)
                        on conflict (id) do nothing
                        """),
                    instance)
                .execute()
            == 1);
  }

  private boolean replace(Instance instance) {
    return jdbi.withHandle(handle ->
        bound(
                    handle.createUpdate(
                        """
                        update plancheck.instance
                        set title = :title, engine = :engine, environment = nullif(:environment, ''),
                          host = :host, port = :port, username = :username,
                          password_kind = :passwordKind,
                          password_reference = :passwordReference,
                          tls_mode = :tlsMode, ghost_probe = :ghostProbe,
                          ghost_scratch_schema = :ghostScratchSchema, updated_at = now()
                        where id = :id
                        """),
                    instance)
                .execute()
            == 1);
  }

  private static Update bound(Update update, Instance instance) {
    var password = Password.of(instance.password());
    return update
        .bind("id", instance.id())
        .bind("title", StoredText.escape(instance.title()))
        .bind("engine", instance.engine().name())
        .bind("environment", instance.environment())
        .bind("host", StoredText.escape(instance.host()))
        .bind("port", instance.port())
        .bind("username", StoredText.escape(instance.user()))
        .bind("passwordKind", password.kind())
        .bind("passwordReference", StoredText.escape(password.reference()))
        .bind("tlsMode", instance.tls().name())
        .bind("ghostProbe", instance.ghostProbe().name())
        .bind("ghostScratchSchema", StoredText.escape(instance.ghostScratchSchema()));
  }

  private static Instance instance(ResultSet row) throws SQLException {
    var reference = StoredText.unescape(row.getString("password_reference"));
    return new Instance(
        row.getString("id"),
        StoredText.unescape(row.getString("title")),
        StoredNames.read(Engine.class, row.getString("engine")),
        row.getString("environment"),
        StoredText.unescape(row.getString("host")),
        row.getInt("port"),
        StoredText.unescape(row.getString("username")),
        new Password(row.getString("password_kind"), reference).secret(),
        StoredNames.read(TlsMode.class, row.getString("tls_mode")),
        StoredNames.read(GhostProbe.class, row.getString("ghost_probe")),
        StoredText.unescape(row.getString("ghost_scratch_schema")));
  }
}
