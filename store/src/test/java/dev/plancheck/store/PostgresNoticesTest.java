// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.NoticesContract;
import dev.plancheck.checks.contract.RunStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.NoticePorts;
import dev.plancheck.checks.notice.Outgoing;
import dev.plancheck.checks.notice.Webhook;
import dev.plancheck.engine.review.Status;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PostgresNoticesTest extends NoticesContract {
  @Override
  protected NoticePorts open() throws Exception {
    var projects = MetadataCluster.newest().emptyPorts().projects();
    projects.create(Samples.project("shop"));
    projects.create(Samples.project("other"));
    return MetadataCluster.newest().storage().notices();
  }

  @Test
  void theEndOfARunIsToldInItsOwnTransactionHoweverItEnds() throws Exception {
    var ports = MetadataCluster.newest().emptyPorts();
    var notices = MetadataCluster.newest().storage().notices();
    var plan = Samples.plan(ports, "shop", 2).name();
    notices
        .webhooks()
        .create(
            new Webhook(
                "shop", "chat", "", "https://e.com", Set.of(NoticeEvent.RUN_FINISHED), true, ""));
    var story = new RunStory(ports);
    var config = Samples.config(2);

    var first = story.enqueue(plan, config, 10);
    assertThat(notices.deliveries().due(10, 10)).isEmpty();
    story.complete(story.claim(first, 0), config, Status.ERROR);
    ports.settle().run();
    story.enqueue(plan, config, 10);
    assertThat(ports.runs().cancel(plan, 2, "users/ann")).isTrue();
    ports.settle().run();

    assertThat(notices.deliveries().due(10, 10))
        .extracting(Outgoing::body)
        .satisfiesExactly(
            done ->
                assertThat(done)
                    .contains("Checks of %s ended DONE: FAIL on ".formatted(plan))
                    .contains("\"attempt\":\"1\"", "\"status\":\"DONE\"", "\"verdict\":\"FAIL\""),
            canceled ->
                assertThat(canceled)
                    .contains("\"attempt\":\"2\"", "\"status\":\"CANCELED\"")
                    .contains("\"verdict\":\"INCOMPLETE\""));
  }
}
