// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.ghost.Answer.Told;
import dev.plancheck.checks.ghost.Answer.Untold;
import dev.plancheck.checks.ghost.GhostFacts.Found;
import dev.plancheck.checks.ghost.GhostFacts.Relation;
import dev.plancheck.checks.ghost.Trial.Outcome;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.checks.plan.Instance.GhostProbe;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a session of the connector tells of gh-ost.
final class GhostSessionTest {
  @ParameterizedTest
  @EnumSource
  void looksAtTheTargetsOwnDatabase(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id int PRIMARY KEY)");

    try (var session = TestInstance.of(server).open(database)) {
      var facts = session.ghost().orElseThrow().facts(ObjectName.of("book"));

      assertThat(facts.server().database()).isEqualTo(database);
      assertThat(facts.table())
          .isInstanceOfSatisfying(
              Told.class,
              told ->
                  assertThat(((Found) told.value()).relation()).isInstanceOf(Relation.Base.class));
    }
  }

  @ParameterizedTest
  @EnumSource
  void looksAtDataOnlyWhereTheInstanceSaysSo(MysqlServers server) throws Exception {
    var database =
        server.freshDatabase(
            "CREATE TABLE book (id int PRIMARY KEY)", "INSERT INTO book VALUES (1)");

    try (var session = TestInstance.of(server).open(database)) {
      var ghost = session.ghost().orElseThrow();
      assertThat(ghost.looksAtData()).isFalse();
      assertThatThrownBy(() -> ghost.findsRow("SELECT 1 FROM book LIMIT 1"))
          .isInstanceOf(IllegalStateException.class);
    }
    try (var session = TestInstance.of(server).withGhostProbe(GhostProbe.DATA, "").open(database)) {
      var ghost = session.ghost().orElseThrow();
      assertThat(ghost.findsRow("SELECT 1 FROM book LIMIT 1")).isEqualTo(new Told<>(true));
      assertThat(ghost.findsRow("SELECT 1 FROM book WHERE id > 1 LIMIT 1"))
          .isEqualTo(new Told<>(false));
      assertThat(ghost.findsRow("SELECT 1 FROM nothing")).isInstanceOf(Untold.class);
      assertThat(ghost.findsRow("SELECT 1 FROM book LIMIT 1")).isEqualTo(new Told<>(true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void makesACopyOnlyWhereTheInstanceSaysSo(MysqlServers server) throws Exception {
    var scratch = server.freshDatabase();
    var database = server.freshDatabase("CREATE TABLE book (id int PRIMARY KEY)");
    var order = new TrialOrder(database, "book", "ADD n int", true, List.of("id"), 10);

    try (var session = TestInstance.of(server).withGhostProbe(GhostProbe.DATA, "").open(database)) {
      var ghost = session.ghost().orElseThrow();
      assertThat(ghost.triesOnCopies()).isFalse();
      assertThatThrownBy(() -> ghost.tryOnCopy(order)).isInstanceOf(IllegalStateException.class);
    }
    var copying = TestInstance.of(server).withGhostProbe(GhostProbe.CLONE, scratch);
    try (var session = copying.open(database)) {
      var ghost = session.ghost().orElseThrow();
      assertThat(ghost.triesOnCopies()).isTrue();
      assertThat(ghost.looksAtData()).isTrue();
      assertThat(ghost.tryOnCopy(order).outcome()).isInstanceOf(Outcome.Altered.class);
      session.cancel();
      assertThatThrownBy(() -> ghost.tryOnCopy(order))
          .isInstanceOfSatisfying(
              TargetException.class,
              e -> assertThat(e.kind()).isEqualTo(TargetException.Kind.CANCELED));
    }
    assertThat(
            server.query(
                "",
                "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '%s'"
                    .formatted(scratch)))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource
  void endsWithTheSessionsCancel(MysqlServers server) throws Exception {
    var database = server.freshDatabase("CREATE TABLE book (id int PRIMARY KEY)");
    try (var session = TestInstance.of(server).withGhostProbe(GhostProbe.DATA, "").open(database)) {
      var ghost = session.ghost().orElseThrow();
      var begun = System.nanoTime();
      Thread.ofVirtual()
          .start(() -> {
            try {
              Thread.sleep(300);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            session.cancel();
          });

      assertThatThrownBy(
              () -> {
                var _ = ghost.findsRow("SELECT SLEEP(30) FROM (SELECT 1) x");
                var _ = ghost.facts(ObjectName.of("book"));
              })
          .isInstanceOf(TargetException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }
  }
}
