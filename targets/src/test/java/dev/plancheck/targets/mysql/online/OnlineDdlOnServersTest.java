// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.online.Form;
import dev.plancheck.engine.online.OnlineDdl;
import dev.plancheck.engine.online.Parcels;
import dev.plancheck.engine.online.Work;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Each form of ALTER TABLE costs on a real server what the verdict says; a form that the server
/// refuses is one that is not claimed of it.
final class OnlineDdlOnServersTest {
  private static final Map<MysqlServers, Attempts> ATTEMPTS = new ConcurrentHashMap<>();

  @AfterAll
  static void closeConnections() throws SQLException {
    for (var attempts : ATTEMPTS.values()) {
      attempts.close();
    }
    ATTEMPTS.clear();
  }

  @TestFactory
  Stream<DynamicTest> mysql57DoesWhatTheVerdictSays() {
    return cases(MysqlServers.MYSQL_57, Form.usual());
  }

  @TestFactory
  Stream<DynamicTest> mysql80DoesWhatTheVerdictSays() {
    return cases(MysqlServers.MYSQL_80, Form.usual());
  }

  @TestFactory
  Stream<DynamicTest> mariadbDoesWhatTheVerdictSays() {
    return cases(MysqlServers.MARIADB, Form.usual());
  }

  /// Some hundred more, of tables that have virtual columns, fulltext indexes, other row formats
  /// and engines, and of several actions at once: a minute, so only where CI runs.
  @TestFactory
  @EnabledIfEnvironmentVariable(
      named = "PLANCHECK_ALL_SERVERS",
      matches = "1",
      disabledReason = "the forms of special tables run where PLANCHECK_ALL_SERVERS=1")
  Stream<DynamicTest> allServersDoWhatTheVerdictSaysOfSpecialTables() {
    return Stream.of(MysqlServers.values()).flatMap(server -> cases(server, Form.special()));
  }

  private static Stream<DynamicTest> cases(MysqlServers server, List<Form> forms) {
    return forms.stream()
        .map(form ->
            DynamicTest.dynamicTest(
                "%s on %s".formatted(form, server), () -> compare(server, form)));
  }

  private static void compare(MysqlServers server, Form form) throws SQLException, TargetException {
    var attempts = attempts(server);
    var id = server.engine().id() + "-" + attempts.version();
    var some = form.isAboutSomePartitions();
    var done = attempts.work(form).map(w -> some ? shownWithoutRebuild(w) : shown(w));
    if (done.isEmpty()) {
      assertThat(form.cell(id)).as("refused: " + form.alter()).isEmpty();
      return;
    }
    var parcels = new Parcels(server.engine(), attempts.version());
    attempts.makeTables(form);
    var before = attempts.snapshot(server, form);
    var verdict = parcels.verdict(before, form.statement(""));

    assertThat(verdict).as(form.alter()).isInstanceOf(OnlineDdl.Known.class);
    var said = ((OnlineDdl.Known) verdict).work();
    assertThat(some ? shownWithoutRebuild(said) : shown(said))
        .as(form.alter())
        .isEqualTo(done.orElseThrow());
  }

  private static String shown(Work work) {
    return "%s, rebuild: %s, blocks writes: %s"
        .formatted(work.algorithm(), work.rebuild(), work.blocksWrites());
  }

  /// What becomes of the others is not told by numbers that come and go with partitions.
  private static String shownWithoutRebuild(Work work) {
    return "%s, blocks writes: %s".formatted(work.algorithm(), work.blocksWrites());
  }

  private static Attempts attempts(MysqlServers server) throws SQLException {
    var known = ATTEMPTS.get(server);
    if (known == null) {
      var database = server.freshDatabase();
      server.execute("", "ALTER DATABASE %s CHARACTER SET utf8mb4".formatted(database));
      known = new Attempts(server.connect(database), server.engine(), database);
      ATTEMPTS.put(server, known);
    }
    return known;
  }
}
