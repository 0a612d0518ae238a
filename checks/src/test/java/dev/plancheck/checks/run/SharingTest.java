// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The law of sharing: parallel, shared runs find exactly what a sequential run finds that shares
/// nothing.
final class SharingTest {
  private static final int DATABASES = 60;

  @Test
  void sharedAndParallelResultsEqualSequentialAndUnsharedOnes() throws InterruptedException {
    for (var seed = 0; seed < 20; seed++) {
      var shared = report(seed, RunSettings.DEFAULT);
      var alone = report(seed, RunSettings.SEQUENTIAL_UNSHARED);

      assertThat(shared.results()).as("seed %d", seed).isEqualTo(alone.results());
      assertThat(shared.counts()).isEqualTo(alone.counts());
    }
  }

  @Test
  void everyDriftMakesItsOwnFindings() throws InterruptedException {
    var report = report(3, RunSettings.DEFAULT);

    var findings =
        report.results().stream()
            .filter(result -> result.type() == CheckType.STATEMENT_ADVISE)
            .filter(result -> result.outcome() == Outcome.PERFORMED)
            .map(result -> result.finding().content())
            .distinct();
    assertThat(findings).hasSizeGreaterThan(10);
  }

  /// Half of them where several databases are read at once.
  private static RunReport report(long seed, RunSettings settings) throws InterruptedException {
    try (var rig = new RunnerRig()) {
      if (seed % 2 == 0) {
        rig.targets.readTogether();
      }
      return rig.run(settings, targets(rig, seed));
    }
  }

  /// The same databases for the same seed: some alike, some drifted, some in trouble; several
  /// sheets, instances and versions.
  private static List<CheckTarget> targets(RunnerRig rig, long seed) {
    var random = new Random(seed);
    var sheets =
        List.of(
            rig.sheet,
            rig.sheets.put("ALTER TABLE book ADD COLUMN isbn text; DELETE FROM book;").sha256(),
            rig.sheets.put("SELECT 1; this is no SQL; INSERT INTO book VALUES (1), (2);").sha256());
    var targets = new ArrayList<CheckTarget>();
    for (var number = 0; number < DATABASES; number++) {
      var name = RunnerRig.name(random.nextBoolean() ? "a" : "b", number);
      rig.targets.script(name, behaviour(random));
      targets.add(target(rig, name, sheets.get(random.nextInt(sheets.size()))));
    }
    return targets;
  }

  private static CheckTarget target(RunnerRig rig, DatabaseName name, String sheet) {
    var plain = rig.target(name, RunnerRig.BOTH);
    return new CheckTarget(
        name,
        plain.environment(),
        plain.spec(),
        sheet,
        false,
        false,
        false,
        plain.ghostFlags(),
        plain.types(),
        false);
  }

  private static Behaviour behaviour(Random random) {
    var behaviour =
        Behaviour.FINE
            .withRows(random.nextInt(1000))
            .withDelay(Step.SNAPSHOT, Duration.ofMillis(random.nextInt(3)));
    return switch (random.nextInt(10)) {
      case 0 -> behaviour.with(Behaviour.schemaOf("id" + random.nextInt(3), SizeBand.NORMAL));
      case 1 -> behaviour.with(Behaviour.schemaOf("id", SizeBand.EMPTY));
      case 2 -> behaviour.with(version(13 + random.nextInt(6)));
      case 3 ->
          behaviour.with(
              behaviour.schema().withSettings(Map.of("lock_timeout", random.nextInt(2) + "s")));
      case 4 ->
          behaviour.with(
              any(random, List.of(Step.SNAPSHOT, Step.ESTIMATE)),
              new Trouble.Fails(Kind.NOT_PERMITTED, "permission denied"));
      default -> behaviour;
    };
  }

  private static Schema version(int major) {
    var schema = Behaviour.FINE.schema();
    return new Schema(
        new EngineVersion(schema.version().engine(), major),
        true,
        schema.searchPath(),
        new TreeMap<>(),
        schema.tables(),
        schema.types(),
        schema.functions());
  }

  private static <T> T any(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
