// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.GhostProbe;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.engine.Engine;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every [dev.plancheck.checks.plan.Instances] does.
public abstract class InstancesContract extends StorageContract {
  @Test
  void keepsEveryKindOfSecretAndEveryTlsMode() {
    var secrets =
        List.of(
            new Secret.None(),
            new Secret.Env("PGPASSWORD"),
            new Secret.File("/run/secrets/pg é"),
            new Secret.Sealed("AZx+/=="));
    for (var secret : secrets) {
      for (var tls : TlsMode.values()) {
        var instance =
            new Instance(
                secret.getClass().getSimpleName() + "-" + tls,
                "Title é",
                Engine.POSTGRESQL,
                "production",
                "::1",
                65535,
                "user \"x\"",
                secret,
                tls,
                probe(tls),
                probe(tls) == GhostProbe.CLONE ? "scratch é" : "");

        assertThat(ports().instances().create(instance)).isEqualTo(instance);
        assertThat(ports().instances().get(instance.id())).contains(instance);
      }
    }
  }

  private static GhostProbe probe(TlsMode tls) {
    return switch (tls) {
      case DISABLE -> GhostProbe.OFF;
      case PREFER, REQUIRE -> GhostProbe.DATA;
      case VERIFY_CA, VERIFY_FULL -> GhostProbe.CLONE;
    };
  }

  @Test
  void refusesAnIdThatIsTaken() {
    ports().instances().create(Samples.instance("pg", "production"));

    assertRefused(
        Code.ALREADY_EXISTS, () -> ports().instances().create(Samples.instance("pg", "test")));
    assertThat(ports().instances().get("pg")).contains(Samples.instance("pg", "production"));
  }

  @Test
  void movesItsDatabasesToItsNewEnvironment() {
    ports().instances().create(Samples.instance("pg", "test"));
    ports().instances().create(Samples.instance("other", "test"));
    ports().databases().sync("pg", Set.of("a"));
    ports().databases().sync("other", Set.of("a"));

    ports().instances().update(Samples.instance("pg", "production"));

    assertThat(ports().instances().get("pg")).contains(Samples.instance("pg", "production"));
    assertThat(ports().databases().list(null, 10, null))
        .extracting(database -> database.name() + " in " + database.environment())
        .containsExactly(
            "instances/other/databases/a in test", "instances/pg/databases/a in production");
  }

  @Test
  void refusesToUpdateWhatDoesNotExist() {
    assertRefused(
        Code.NOT_FOUND, () -> ports().instances().update(Samples.instance("pg", "production")));
  }

  @Test
  void forgetsItsDatabasesWithIt() {
    ports().instances().create(Samples.instance("pg", "test"));
    ports().databases().sync("pg", Set.of("a"));

    assertThat(ports().instances().delete("pg")).isTrue();
    assertThat(ports().instances().get("pg")).isEmpty();
    assertThat(ports().databases().list(null, 10, null)).isEmpty();
    assertThat(ports().instances().delete("pg")).isFalse();
  }

  @Test
  void canBeDeletedWhileAPlanNamesItsDatabases() {
    ports().instances().create(Samples.instance("pg", "test"));
    ports().databases().sync("pg", Set.of("tenant_000"));
    var plan = Samples.plan(ports(), "shop", 1);
    new RunStory(ports()).enqueue(plan.name(), Samples.config(1), 1_000);

    assertThat(ports().instances().delete("pg")).isTrue();
    assertThat(ports().plans().get(plan.name())).contains(plan);
    assertThat(ports().runs().config(plan.name())).contains(Samples.config(1));
  }

  @Test
  void listsByIdInPages() {
    for (var id : List.of("b", "a", "C")) {
      ports().instances().create(Samples.instance(id, "production"));
    }

    assertThat(ports().instances().list(2, "")).extracting(Instance::id).containsExactly("C", "a");
    assertThat(ports().instances().list(2, "a")).extracting(Instance::id).containsExactly("b");
  }
}
