// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import com.linecorp.armeria.common.prometheus.PrometheusMeterRegistries;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.Checks;
import dev.plancheck.checks.Decisions;
import dev.plancheck.checks.Delivery;
import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.notice.Deliverer;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.rollout.RolloutSettings;
import dev.plancheck.checks.run.RecurringWork;
import dev.plancheck.checks.target.DatabaseLister;
import dev.plancheck.checks.target.DatabaseSync;
import dev.plancheck.rules.Rules;
import dev.plancheck.rules.policy.PolicyReader;
import dev.plancheck.server.http.ApiServer;
import dev.plancheck.server.judge.EmbeddedJudge;
import dev.plancheck.server.metric.CountedRuns;
import dev.plancheck.server.metric.CountedShards;
import dev.plancheck.server.metric.EndedRuns;
import dev.plancheck.server.metric.TimedConnector;
import dev.plancheck.server.secret.Vault;
import dev.plancheck.server.webhook.HttpWebhookSender;
import dev.plancheck.server.webhook.WebhookTargets;
import dev.plancheck.store.QueueSettings;
import dev.plancheck.store.Storage;
import dev.plancheck.store.StorageConfig;
import dev.plancheck.targets.Targets;
import dev.plancheck.targets.postgresql.change.PostgresqlChanger;
import dev.plancheck.targets.postgresql.declarative.PostgresqlDifferences;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// All rooms of a running server, opened in order and closed in reverse: data folder, metadata,
/// storage, judge, checks, the port. `serve`, `demo` and tests open the same ones.
public final class PlancheckServer implements AutoCloseable {
  private static final Duration KEEP_UNUSED_SHEETS = Duration.ofDays(30);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final CheckPorts ports;
  private final DatabaseLister lister;
  private final Faces.Rooms rooms;
  private final ApiServer api;
  private final Closing closing;
  private final Thread atExit;

  private PlancheckServer(
      CheckPorts ports, DatabaseLister lister, Faces.Rooms rooms, ApiServer api, Closing closing) {
    this.ports = ports;
    this.lister = lister;
    this.rooms = rooms;
    this.api = api;
    this.closing = closing;
    this.atExit = new Thread(closing::close, "plancheck-stop-server");
  }

  /// Opens everything and takes requests. It is closed when the JVM ends, too.
  ///
  /// Throws [dev.plancheck.checks.ApiException] when the data folder or the port is taken,
  /// [dev.plancheck.store.StorageException] when the database cannot be used, and
  /// [dev.plancheck.embedded.ClusterException] when the embedded one cannot be started; what was
  /// opened before is closed then.
  public static PlancheckServer open(ServerConfig config) throws IOException {
    var closing = new Closing();
    var complete = false;
    try {
      var server = open(config, closing);
      Runtime.getRuntime().addShutdownHook(server.atExit);
      complete = true;
      return server;
    } finally {
      if (!complete) {
        closing.close();
      }
    }
  }

  private static PlancheckServer open(ServerConfig config, Closing closing) throws IOException {
    config.http().requireFreePort();
    var data = closing.add(DataFolder.hold(config.dataFolder()));
    var vault = Vault.open(data.key());
    var storage = closing.add(Storage.open(metadata(config, data, closing)));
    var numbers = numbers(closing);
    storage.onEnd(new EndedRuns(numbers));
    var clock = Clock.systemUTC();
    var stored = ports(storage, numbers);
    var instances = new InstanceLookup(stored.instances(), clock);
    var ports = stored.withInstances(new TellingInstances(stored.instances(), instances::forget));
    var targets = new Targets(instances, config.passwords(vault), config.ghost());
    var judge = closing.add(new EmbeddedJudge(config.folders(), clock));
    var differences = new PostgresqlDifferences(instances, config.passwords(vault), judge);
    var setup = new Checks.Setup(policy(config), Rules.VERSION, config.runs(), judge, differences);
    var sync = new DatabaseSync(ports.instances(), ports.databases(), targets);
    var webhooks = new WebhookTargets(config.allowsPrivateWebhooks());
    var sender = closing.add(new HttpWebhookSender(webhooks, vault, clock, config.version()));
    var recurring = recurring(config, storage, sync, sender);
    var checks =
        closing.add(
            Checks.start(ports, new TimedConnector(targets, numbers), setup, recurring, clock));
    var decided = storage.decisions(QueueSettings.DEFAULT);
    var decisions = Decisions.over(checks, ports.runs(), decided, clock);
    storage.onEnd(run ->
        Thread.ofVirtual()
            .name("approval of " + run.plan())
            .start(() -> decisions.approvals().tellWhoIsAsked(run.plan())));
    var changer =
        new PostgresqlChanger(instances, config.passwords(vault), new ScriptReview(judge));
    var delivery =
        closing.add(
            Delivery.start(
                ports,
                checks,
                decisions.gate(),
                decided,
                new Delivery.Setup(changer, RolloutSettings.DEFAULT)));
    var rooms = new Faces.Rooms(checks, decisions, delivery);
    var people = new Faces.People(storage.access(), storage.notices(), clock);
    var outside = new Faces.Outside(sync, webhooks);
    var faces = new Faces(ports, people, rooms, outside, vault);
    var api =
        closing.add(
            ApiServer.start(
                config.http(), faces.over(numbers, storage::answers, config.version())));
    return new PlancheckServer(ports, targets, rooms, api, closing);
  }

  private static OwnPolicy policy(ServerConfig config) {
    return OwnPolicy.of(config.policy(), text -> PolicyReader.read(text, Rules.ALL));
  }

  /// What one server of all does again and again.
  private static List<RecurringWork> recurring(
      ServerConfig config, Storage storage, DatabaseSync sync, HttpWebhookSender sender) {
    var retention = storage.retention(KEEP_UNUSED_SHEETS);
    var work = new ArrayList<>(new Deliverer(storage.notices().deliveries(), sender).work());
    work.add(new RecurringWork("sync-databases", config.syncEvery(), sync::syncAll));
    work.add(new RecurringWork("forget-unused-sheets", SWEEP, retention::sweep));
    return work;
  }

  private static StorageConfig metadata(ServerConfig config, DataFolder data, Closing closing) {
    return switch (config.metadata()) {
      case ServerConfig.Metadata.At(var database) -> database;
      case ServerConfig.Metadata.Embedded _ -> MetadataDatabase.embedded(config, data, closing);
    };
  }

  private static PrometheusMeterRegistry numbers(Closing closing) {
    var numbers = PrometheusMeterRegistries.newRegistry();
    closing.add(numbers::close);
    return numbers;
  }

  private static CheckPorts ports(Storage storage, PrometheusMeterRegistry numbers) {
    var ports = storage.ports(QueueSettings.DEFAULT);
    return ports
        .withRuns(new CountedRuns(ports.runs(), numbers))
        .withShards(new CountedShards(ports.shards(), numbers));
  }

  /// Where requests are taken: `http://127.0.0.1:8080`.
  public URI url() {
    return api.url();
  }

  /// The storage that this server works on.
  public CheckPorts ports() {
    return ports;
  }

  /// Finds the databases of an instance.
  public DatabaseLister lister() {
    return lister;
  }

  /// Plans and runs without a detour over the network, for the program that holds this server.
  public Checks checks() {
    return rooms.checks();
  }

  /// The gate, and approvals.
  public Decisions decisions() {
    return rooms.decisions();
  }

  /// Rollouts.
  public Delivery delivery() {
    return rooms.delivery();
  }

  /// Waits until another thread closes it.
  public void awaitStop() throws InterruptedException {
    api.awaitStop();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs or has run.
    }
    closing.close();
  }
}
