// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.notice.Deliveries;
import dev.plancheck.checks.notice.Delivery;
import dev.plancheck.checks.notice.Delivery.Attempts;
import dev.plancheck.checks.notice.Delivery.State;
import dev.plancheck.checks.notice.Notice;
import dev.plancheck.checks.notice.NoticeBody;
import dev.plancheck.checks.notice.Notices;
import dev.plancheck.checks.notice.Outcome;
import dev.plancheck.checks.notice.Outcome.Accepted;
import dev.plancheck.checks.notice.Outcome.Refused;
import dev.plancheck.checks.notice.Outgoing;
import dev.plancheck.checks.notice.Webhook;
import dev.plancheck.checks.notice.Webhooks;
import dev.plancheck.checks.plan.Projects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Webhooks and deliveries in memory, under the object's lock.
final class MemoryNotices implements Notices, Webhooks, Deliveries {
  private record Stored(String project, String webhook, String body, Delivery delivery) {
    boolean isTo(String wantedProject, String wantedWebhook) {
      return project.equals(wantedProject) && webhook.equals(wantedWebhook);
    }

    boolean isDue(Instant now) {
      var next = delivery.attempts().nextAt();
      return delivery.state() == State.PENDING && next != null && !next.isAfter(now);
    }

    Stored with(State state, Attempts attempts) {
      return new Stored(
          project,
          webhook,
          body,
          new Delivery(
              delivery.number(),
              delivery.id(),
              delivery.event(),
              state,
              attempts,
              delivery.createdAt()));
    }
  }

  private final Projects projects;
  private final InstantSource clock;
  private final TreeMap<String, Webhook> webhooks = new TreeMap<>(CodePoints.ORDER);

  /// By number.
  private final TreeMap<Long, Stored> deliveries = new TreeMap<>();

  private long last;

  MemoryNotices(Projects projects, InstantSource clock) {
    this.projects = projects;
    this.clock = clock;
  }

  @Override
  public synchronized void tell(Notice notice) {
    var now = clock.instant();
    for (var webhook : list(notice.plan().project())) {
      if (webhook.enabled() && webhook.events().contains(notice.event())) {
        var delivery =
            new Delivery(
                ++last,
                UUID.randomUUID().toString(),
                notice.event(),
                State.PENDING,
                new Attempts(0, 0, "", now, null),
                now);
        deliveries.put(
            last,
            new Stored(webhook.project(), webhook.id(), NoticeBody.of(notice, now), delivery));
      }
    }
  }

  @Override
  public synchronized Webhook create(Webhook webhook) {
    if (projects.get(webhook.project()).isEmpty()) {
      throw ApiException.notFound("projects/" + webhook.project());
    }
    if (webhooks.containsKey(webhook.name())) {
      throw ApiException.alreadyExists(webhook.name());
    }
    if (list(webhook.project()).size() >= MOST) {
      throw new ApiException(
          Code.RESOURCE_EXHAUSTED,
          "projects/%s has %d webhooks (expected: fewer)".formatted(webhook.project(), MOST));
    }
    webhooks.put(webhook.name(), webhook);
    return webhook;
  }

  @Override
  public synchronized Optional<Webhook> get(String project, String id) {
    return Optional.ofNullable(webhooks.get(Webhook.name(project, id)));
  }

  @Override
  public synchronized List<Webhook> list(String project) {
    return webhooks.values().stream().filter(each -> each.project().equals(project)).toList();
  }

  @Override
  public synchronized Webhook update(Webhook webhook) {
    if (webhooks.replace(webhook.name(), webhook) == null) {
      throw ApiException.notFound(webhook.name());
    }
    return webhook;
  }

  @Override
  public synchronized boolean delete(String project, String id) {
    deliveries.values().removeIf(stored -> stored.isTo(project, id));
    return webhooks.remove(Webhook.name(project, id)) != null;
  }

  @Override
  public synchronized List<Outgoing> due(int limit, int ofEach) {
    var now = clock.instant();
    var found = new ArrayList<Outgoing>();
    Map<String, Integer> counts = new HashMap<>();
    for (var stored : deliveries.values()) {
      var webhook = get(stored.project(), stored.webhook()).filter(Webhook::enabled);
      if (webhook.isPresent()
          && stored.isDue(now)
          && found.size() < limit
          && counts.merge(webhook.get().name(), 1, Integer::sum) <= ofEach) {
        found.add(
            new Outgoing(
                stored.delivery().number(),
                stored.delivery().id(),
                webhook.get(),
                stored.body(),
                stored.delivery().attempts().count()));
      }
    }
    return found;
  }

  @Override
  public synchronized boolean record(Outgoing sent, Outcome outcome, @Nullable Duration pause) {
    var stored = deliveries.get(sent.number());
    if (stored == null
        || stored.delivery().state() != State.PENDING
        || stored.delivery().attempts().count() != sent.attempts()) {
      return false;
    }
    var now = clock.instant();
    var count = sent.attempts() + 1;
    deliveries.put(
        sent.number(),
        switch (outcome) {
          case Accepted(var status) ->
              stored.with(State.DELIVERED, new Attempts(count, status, "", null, now));
          case Refused(var status, var error, _) when pause == null ->
              stored.with(State.FAILED, new Attempts(count, status, error, null, now));
          case Refused(var status, var error, _) ->
              stored.with(State.PENDING, new Attempts(count, status, error, now.plus(pause), null));
        });
    return true;
  }

  @Override
  public synchronized List<Delivery> list(String project, String webhook, int limit, long before) {
    return deliveries.headMap(before).reversed().values().stream()
        .filter(stored -> stored.isTo(project, webhook))
        .map(Stored::delivery)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void forget(Duration age, int most) {
    var old = clock.instant().minus(age);
    Map<String, Integer> counts = new HashMap<>();
    for (var stored : List.copyOf(deliveries.reversed().values())) {
      var ended = stored.delivery().state() != State.PENDING;
      var place =
          ended
              ? counts.merge(Webhook.name(stored.project(), stored.webhook()), 1, Integer::sum)
              : 0;
      if (place > most || stored.delivery().createdAt().isBefore(old)) {
        deliveries.remove(stored.delivery().number());
      }
    }
  }
}
