// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.notice.Delivery.State;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How often deliveries are sent, on a clock that the tests move.
final class DelivererTest {
  private static final Outcome BUSY = new Outcome.Refused(503, "answered 503", false);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final NoticePorts ports = ports();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private Function<Outgoing, Outcome> receiver = _ -> new Outcome.Accepted(200);
  private final Deliverer deliverer =
      new Deliverer(
          ports.deliveries(),
          delivery -> {
            sent.add(delivery.id());
            return receiver.apply(delivery);
          });

  private NoticePorts ports() {
    var memory = new Memory(clock);
    memory.projects().create(new Project("shop", "", Project.Settings.DEFAULT));
    return memory.notices();
  }

  @BeforeEach
  void createWebhook() {
    ports
        .webhooks()
        .create(
            new Webhook(
                "shop",
                "chat",
                "",
                "https://example.com",
                Set.of(NoticeEvent.RUN_FINISHED),
                true,
                ""));
  }

  private void tell() {
    ports
        .notices()
        .tell(
            new Notice(
                NoticeEvent.RUN_FINISHED, new PlanName("shop", 1), "It ended", new TreeMap<>()));
  }

  private Delivery delivery() {
    return ports.deliveries().list("shop", "chat", 1, Long.MAX_VALUE).getFirst();
  }

  @Test
  void everythingThatIsDueIsSentOnce() throws InterruptedException {
    for (var number = 0; number < 10; number++) {
      tell();
    }
    deliverer.deliver();
    deliverer.deliver();

    assertThat(sent).hasSize(10).doesNotHaveDuplicates();
    assertThat(delivery().state()).isEqualTo(State.DELIVERED);
  }

  @Test
  void whatIsRefusedIsSentAgainWithGrowingPausesForAboutADay() throws InterruptedException {
    receiver = _ -> BUSY;
    tell();
    var start = clock.instant();
    var last = start;
    var pause = Duration.ZERO;
    while (delivery().state() == State.PENDING) {
      var next = delivery().attempts().nextAt();
      assertThat(next).isNotNull();
      clock.set(java.util.Objects.requireNonNull(next));
      var waited = Duration.between(last, clock.instant());
      assertThat(waited).isGreaterThanOrEqualTo(pause);
      pause = waited;
      last = clock.instant();
      deliverer.deliver();
    }

    assertThat(sent).hasSize(11);
    assertThat(Set.copyOf(sent)).hasSize(1);
    assertThat(Duration.between(start, last)).isBetween(Duration.ofHours(20), Duration.ofHours(28));
    assertThat(delivery().state()).isEqualTo(State.FAILED);
    assertThat(delivery().attempts().count()).isEqualTo(11);
    assertThat(delivery().attempts().error()).isEqualTo("answered 503");
  }

  @Test
  void itIsNotSentBeforeItsTime() throws InterruptedException {
    receiver = _ -> BUSY;
    tell();
    deliverer.deliver();
    clock.advance(Duration.ofSeconds(9));
    deliverer.deliver();
    assertThat(sent).hasSize(1);

    receiver = _ -> new Outcome.Accepted(200);
    clock.advance(Duration.ofSeconds(1));
    deliverer.deliver();
    assertThat(sent).hasSize(2);
    assertThat(delivery().state()).isEqualTo(State.DELIVERED);
    assertThat(delivery().attempts().error()).isEmpty();
  }

  @Test
  void whatIsRefusedForGoodIsGivenUpAtOnce() throws InterruptedException {
    receiver = _ -> new Outcome.Refused(410, "answered 410", true);
    tell();
    deliverer.deliver();

    assertThat(delivery().state()).isEqualTo(State.FAILED);
  }

  @Test
  void aBugOfTheSenderIsAFailedAttemptLikeAnyOther() throws InterruptedException {
    receiver =
        _ -> {
          throw new IllegalStateException("hush-hush");
        };
    tell();
    deliverer.deliver();

    assertThat(delivery().state()).isEqualTo(State.PENDING);
    assertThat(delivery().attempts().count()).isEqualTo(1);
    assertThat(delivery().attempts().error()).contains("internal error").doesNotContain("hush");
  }

  @Test
  void longTextsAreCut() {
    var details = new TreeMap<String, String>();
    details.put("why", "\ud83d\ude00".repeat(3_000));
    var notice =
        new Notice(NoticeEvent.GATE_BLOCKED, new PlanName("shop", 1), "x".repeat(5_000), details);

    assertThat(notice.text()).hasSize(2_000).endsWith("x…");
    assertThat(notice.details().get("why")).endsWith("\ude00…").hasSizeLessThan(4_001);
  }
}
