// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks;

import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.rollout.AutomaticRollouts;
import dev.plancheck.checks.rollout.Conductor;
import dev.plancheck.checks.rollout.GateStages;
import dev.plancheck.checks.rollout.RolloutNews;
import dev.plancheck.checks.rollout.RolloutPorts;
import dev.plancheck.checks.rollout.RolloutService;
import dev.plancheck.checks.rollout.RolloutSettings;
import dev.plancheck.checks.rollout.RolloutWorker;
import dev.plancheck.checks.rollout.Rollouts;
import dev.plancheck.checks.rollout.TargetChanger;
import dev.plancheck.checks.run.RecurringWork;
import java.util.List;

/// The room of carrying plans out: the only one from which users' databases are changed.
public final class Delivery implements AutoCloseable {
  /// Plans are looked for less often than rollouts are looked at.
  private static final int LOOKS = 5;

  /// By what databases are changed, and how.
  public record Setup(TargetChanger changer, RolloutSettings settings) {}

  private final RolloutPorts ports;
  private final RolloutService service;

  private Delivery(RolloutPorts ports, RolloutService service) {
    this.ports = ports;
    this.service = service;
  }

  /// Starts working in this process, first on what an earlier one left. `all` are the ports that
  /// `checks` works on; both are closed after this.
  public static Delivery start(
      CheckPorts all, Checks checks, Gate gate, DecisionPorts decided, Setup setup) {
    var settings = setup.settings();
    var ports = decided.rollouts();
    var news = new RolloutNews(decided.notices());
    var conductor =
        new Conductor(ports.rollouts(), ports.queue(), new GateStages(gate, checks.runs()), news);
    var service = new RolloutService(all, checks.runs(), gate, ports, conductor);
    var automatic = new AutomaticRollouts(all, gate, ports.rollouts(), service, news);
    var tools =
        new RolloutWorker.Tools(
            ports.tasks(),
            all.sheets(),
            checks.knownPolicies(),
            setup.changer(),
            checks.slots(),
            settings);
    ports
        .queue()
        .start(
            new RolloutWorker(tools, conductor),
            List.of(
                new RecurringWork("rollout-look", settings.look(), conductor::lookAtAll),
                new RecurringWork(
                    "rollout-automatic", settings.look().multipliedBy(LOOKS), automatic::run)));
    return new Delivery(ports, service);
  }

  public RolloutService rollouts() {
    return service;
  }

  /// What is kept of rollouts.
  public Rollouts records() {
    return ports.rollouts();
  }

  /// What runs here is stopped within some seconds, and goes to other processes where the storage
  /// outlives this one.
  @Override
  public void close() {
    ports.queue().close();
  }
}
