// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static dev.plancheck.checks.contract.StorageContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.notice.Delivery;
import dev.plancheck.checks.notice.Delivery.State;
import dev.plancheck.checks.notice.Notice;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.NoticePorts;
import dev.plancheck.checks.notice.Outcome;
import dev.plancheck.checks.notice.Outgoing;
import dev.plancheck.checks.notice.Webhook;
import dev.plancheck.checks.notice.Webhooks;
import dev.plancheck.checks.plan.PlanName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every storage of webhooks and deliveries does.
public abstract class NoticesContract {
  private static final Outcome OK = new Outcome.Accepted(204);
  private static final Outcome NO = new Outcome.Refused(500, "answered 500", false);

  private NoticePorts ports;

  /// Opens ports over a storage that has the projects `shop` and `other`, and nothing else; called
  /// before each test.
  protected abstract NoticePorts open() throws Exception;

  @BeforeEach
  final void openPorts() throws Exception {
    ports = open();
  }

  private static Webhook webhook(String project, String id, NoticeEvent... events) {
    return new Webhook(
        project, id, "To \0 " + id, "https://example.com/" + id, Set.of(events), true, "sealed");
  }

  private Webhook create(String project, String id, NoticeEvent... events) {
    return ports.webhooks().create(webhook(project, id, events));
  }

  private static Notice notice(NoticeEvent event, String text) {
    return new Notice(
        event, new PlanName("shop", 7), text, new TreeMap<>(Map.of("verdict", "FAIL")));
  }

  private void tell(NoticeEvent event, String text) {
    ports.notices().tell(notice(event, text));
  }

  private List<Outgoing> due() {
    return ports.deliveries().due(100, 100);
  }

  private List<Delivery> deliveries(String webhook) {
    return ports.deliveries().list("shop", webhook, 100, Long.MAX_VALUE);
  }

  @Test
  void keepsWhatWasCreatedAndChanged() {
    var chat = create("shop", "chat", NoticeEvent.RUN_FINISHED, NoticeEvent.ROLLOUT_DONE);
    var build = create("shop", "build");
    create("other", "chat");

    assertThat(ports.webhooks().get("shop", "chat")).contains(chat);
    assertThat(ports.webhooks().list("shop")).containsExactly(build, chat);
    assertRefused(Code.ALREADY_EXISTS, () -> create("shop", "chat"));
    assertRefused(Code.NOT_FOUND, () -> create("nowhere", "chat"));

    var changed =
        new Webhook(
            "shop", "chat", "é", "https://e.com", Set.of(NoticeEvent.GATE_BLOCKED), false, "x");
    assertThat(ports.webhooks().update(changed)).isEqualTo(changed);
    assertThat(ports.webhooks().get("shop", "chat")).contains(changed);
    assertRefused(Code.NOT_FOUND, () -> ports.webhooks().update(webhook("shop", "none")));
  }

  @Test
  void aProjectHasOnlySoMany() {
    for (var number = 0; number < Webhooks.MOST; number++) {
      create("shop", "hook-" + number);
    }
    assertRefused(Code.RESOURCE_EXHAUSTED, () -> create("shop", "more"));
    create("other", "more");
  }

  @Test
  void aNoticeIsDueToThoseWhoAskedForIt() {
    create("shop", "runs", NoticeEvent.RUN_FINISHED);
    create("shop", "all", NoticeEvent.values());
    create("shop", "gate", NoticeEvent.GATE_BLOCKED);
    create("other", "runs", NoticeEvent.RUN_FINISHED);

    tell(NoticeEvent.RUN_FINISHED, "\"Done\" \u2028 \ud800 é");

    assertThat(due()).extracting(sent -> sent.to().id()).containsExactlyInAnyOrder("runs", "all");
    assertThat(due().getFirst().body())
        .startsWith("{\"type\":\"RUN_FINISHED\",\"timestamp\":\"")
        .endsWith(
            "Z\",\"data\":{\"plan\":\"projects/shop/plans/7\","
                + "\"text\":\"\\\"Done\\\" \\u2028 \\ud800 \\u00e9\","
                + "\"details\":{\"verdict\":\"FAIL\"}}}");
    assertThat(due()).extracting(Outgoing::id).doesNotHaveDuplicates();
    assertThat(due().getFirst().attempts()).isZero();
    assertThat(deliveries("runs"))
        .singleElement()
        .satisfies(delivery -> {
          assertThat(delivery.state()).isEqualTo(State.PENDING);
          assertThat(delivery.event()).isEqualTo(NoticeEvent.RUN_FINISHED);
          assertThat(delivery.attempts().nextAt()).isNotNull();
          assertThat(delivery.attempts().endedAt()).isNull();
        });
  }

  @Test
  void whatWasAcceptedIsOver() {
    create("shop", "chat", NoticeEvent.RUN_FINISHED);
    tell(NoticeEvent.RUN_FINISHED, "x");
    var sent = due().getFirst();

    assertThat(ports.deliveries().record(sent, OK, null)).isTrue();

    assertThat(due()).isEmpty();
    assertThat(ports.deliveries().record(sent, NO, Duration.ZERO)).isFalse();
    var delivery = deliveries("chat").getFirst();
    assertThat(delivery.id()).isEqualTo(sent.id());
    assertThat(delivery.state()).isEqualTo(State.DELIVERED);
    assertThat(delivery.attempts().count()).isEqualTo(1);
    assertThat(delivery.attempts().status()).isEqualTo(204);
    assertThat(delivery.attempts().error()).isEmpty();
    assertThat(delivery.attempts().nextAt()).isNull();
    assertThat(delivery.attempts().endedAt()).isNotNull();
  }

  @Test
  void whatWasRefusedIsDueAgainUnderTheSameIdUntilItIsGivenUp() {
    create("shop", "chat", NoticeEvent.RUN_FINISHED);
    tell(NoticeEvent.RUN_FINISHED, "x");
    var first = due().getFirst();

    assertThat(ports.deliveries().record(first, NO, Duration.ZERO)).isTrue();
    var second = due().getFirst();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.attempts()).isEqualTo(1);
    assertThat(ports.deliveries().record(first, OK, null)).isFalse();

    assertThat(ports.deliveries().record(second, NO, Duration.ofHours(1))).isTrue();
    assertThat(due()).isEmpty();
    var waiting = deliveries("chat").getFirst();
    assertThat(waiting.state()).isEqualTo(State.PENDING);
    assertThat(waiting.attempts().error()).isEqualTo("answered 500");

    var third = new Outgoing(second.number(), second.id(), second.to(), second.body(), 2);
    assertThat(ports.deliveries().record(third, NO, null)).isTrue();
    var ended = deliveries("chat").getFirst();
    assertThat(ended.state()).isEqualTo(State.FAILED);
    assertThat(ended.attempts().count()).isEqualTo(3);
    assertThat(ended.attempts().status()).isEqualTo(500);
    assertThat(ended.attempts().endedAt()).isNotNull();
  }

  @Test
  void oneReceiverGetsNoMoreThanItsShareAtOnce() {
    create("shop", "one", NoticeEvent.RUN_FINISHED);
    create("shop", "two", NoticeEvent.RUN_FINISHED);
    for (var number = 0; number < 5; number++) {
      tell(NoticeEvent.RUN_FINISHED, "number " + number);
    }

    assertThat(ports.deliveries().due(100, 2))
        .extracting(sent -> sent.to().id())
        .containsExactlyInAnyOrder("one", "one", "two", "two");
    assertThat(ports.deliveries().due(3, 100)).hasSize(3);
    assertThat(ports.deliveries().due(100, 1))
        .allSatisfy(sent -> assertThat(sent.body()).contains("number 0"));
  }

  @Test
  void aDisabledWebhookIsToldNothingAndWhatWaitsStays() {
    var chat = create("shop", "chat", NoticeEvent.RUN_FINISHED);
    tell(NoticeEvent.RUN_FINISHED, "before");
    ports
        .webhooks()
        .update(
            new Webhook("shop", "chat", chat.title(), chat.url(), chat.events(), false, "sealed"));

    tell(NoticeEvent.RUN_FINISHED, "while");
    assertThat(due()).isEmpty();

    ports.webhooks().update(chat);
    assertThat(due()).singleElement().satisfies(sent -> assertThat(sent.body()).contains("before"));
  }

  @Test
  void whoIsDeletedGetsNothing() {
    create("shop", "chat", NoticeEvent.RUN_FINISHED);
    tell(NoticeEvent.RUN_FINISHED, "x");
    var sent = due().getFirst();

    assertThat(ports.webhooks().delete("shop", "chat")).isTrue();

    assertThat(ports.webhooks().delete("shop", "chat")).isFalse();
    assertThat(due()).isEmpty();
    assertThat(deliveries("chat")).isEmpty();
    assertThat(ports.deliveries().record(sent, OK, null)).isFalse();
  }

  @Test
  void theLogIsListedNewestFirstAndBounded() {
    create("shop", "chat", NoticeEvent.RUN_FINISHED);
    for (var number = 0; number < 4; number++) {
      tell(NoticeEvent.RUN_FINISHED, "x");
    }
    var all = deliveries("chat");
    assertThat(all).extracting(Delivery::number).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(ports.deliveries().list("shop", "chat", 2, all.get(1).number()))
        .isEqualTo(all.subList(2, 4));

    due().stream().limit(3).forEach(sent -> ports.deliveries().record(sent, OK, null));
    ports.deliveries().forget(Duration.ofDays(1), 1);
    assertThat(deliveries("chat"))
        .extracting(Delivery::state)
        .containsExactly(State.PENDING, State.DELIVERED);

    ports.deliveries().forget(Duration.ofMinutes(-1), 1);
    assertThat(deliveries("chat")).isEmpty();
  }
}
