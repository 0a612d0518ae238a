// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.fleet;

import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.Checks;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.rules.Rules;
import dev.plancheck.store.QueueSettings;
import dev.plancheck.store.Storage;
import dev.plancheck.store.StorageConfig;
import java.time.Clock;
import java.util.List;

/// What a server works on runs with, over a simulated fleet: the real storage and queue, all rules.
record FleetRooms(Storage storage, CheckPorts ports, Checks checks) implements AutoCloseable {
  static FleetRooms open(StorageConfig metadata, SimulatedFleet fleet) {
    var storage = Storage.open(metadata);
    var ports = storage.ports(QueueSettings.DEFAULT);
    var setup =
        new Checks.Setup(
            OwnPolicy.only(new PolicyTerms(Rules.defaultPolicy())),
            Rules.VERSION,
            RunSettings.DEFAULT,
            null);
    var checks =
        Checks.start(ports, new SimulatedTargets(fleet), setup, List.of(), Clock.systemUTC());
    return new FleetRooms(storage, ports, checks);
  }

  @Override
  public void close() {
    checks.close();
    storage.close();
  }
}
