// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InstanceLookupTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final Slow storage = new Slow(new Memory(clock).ports().instances());
  private final InstanceLookup lookup = new InstanceLookup(storage, clock);
  private final Instances instances = new TellingInstances(storage, lookup::forget);

  @BeforeEach
  void createOne() {
    instances.create(at("before"));
  }

  @Test
  void storageIsAskedOnceASecond() {
    lookup.apply("maria");
    storage.stored().update(at("elsewhere"));
    assertThat(host()).isEqualTo("before");
    clock.advance(Duration.ofMillis(1_001));
    assertThat(host()).isEqualTo("elsewhere");
  }

  @Test
  void aChangeOnThisServerCountsAtOnce() {
    assertThat(host()).isEqualTo("before");
    instances.update(at("after"));
    assertThat(host()).isEqualTo("after");
    instances.delete("maria");
    assertThat(lookup.apply("maria")).isEmpty();
    instances.create(at("again"));
    assertThat(host()).isEqualTo("again");
  }

  @Test
  void whatWasReadBeforeAChangeIsNotKeptAfterIt() {
    storage.meanwhile = () -> instances.update(at("after"));
    assertThat(host()).isEqualTo("before");
    assertThat(host()).isEqualTo("after");
  }

  private String host() {
    return lookup.apply("maria").orElseThrow().host();
  }

  private static Instance at(String host) {
    return new Instance(
        "maria", "", Engine.MARIADB, "", host, 3306, "app", new Secret.None(), TlsMode.DISABLE);
  }

  /// Storage in which something happens, once, between a look at an instance and the answer.
  private static final class Slow implements Instances {
    private final Instances stored;
    private @Nullable Runnable meanwhile;

    Slow(Instances stored) {
      this.stored = stored;
    }

    Instances stored() {
      return stored;
    }

    @Override
    public Optional<Instance> get(String id) {
      var found = stored.get(id);
      var next = meanwhile;
      meanwhile = null;
      if (next != null) {
        next.run();
      }
      return found;
    }

    @Override
    public Instance create(Instance instance) {
      return stored.create(instance);
    }

    @Override
    public List<Instance> list(int limit, String afterId) {
      return stored.list(limit, afterId);
    }

    @Override
    public Instance update(Instance instance) {
      return stored.update(instance);
    }

    @Override
    public boolean delete(String id) {
      return stored.delete(id);
    }
  }
}
