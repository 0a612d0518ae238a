// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.planner.PlannedChecks.Checks;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// What holds of every plan, tried on random ones.
final class PlannerPropertiesTest {
  private static final int ROUNDS = 40;

  private final PlannerRig rig = new PlannerRig();

  @RepeatedTest(ROUNDS)
  void samplingChoosesAsManyAsItMayAndTheLastEnvironmentFirst(RepetitionInfo round) {
    var random = new Random(round.getCurrentRepetition());
    var targets = randomTargets(random);
    var size = 1 + random.nextInt(targets.size() + 3);
    rig.sample(size);

    var config = config(random.nextInt(100) + 1, List.of(change("a", targets)));

    assertThat(config.targets()).extracting(CheckTarget::target).isEqualTo(targets);
    var chosen = byEnvironment(config.chosen());
    var all = byEnvironment(config.targets());
    assertThat(config.chosen()).hasSize(Math.min(size, targets.size()));
    assertThat(chosen.keySet()).hasSize(Math.min(size, all.size()));
    assertLastFirst(chosen, all);
  }

  /// Whoever has more than its one has it because all behind it are checked whole; whoever has
  /// none, because those behind it took all there was.
  private static void assertLastFirst(Map<String, Integer> chosen, Map<String, Integer> all) {
    var order = Environment.USUAL.stream().map(Environment::id).filter(all::containsKey).toList();
    for (var place = 0; place < order.size(); place++) {
      var here = chosen.getOrDefault(order.get(place), 0);
      for (var later : order.subList(place + 1, order.size())) {
        var there = chosen.getOrDefault(later, 0);
        if (here > 1) {
          assertThat(there).isEqualTo(all.get(later));
        }
        if (here > 0) {
          assertThat(there).isPositive();
        }
      }
    }
  }

  @RepeatedTest(ROUNDS)
  void theChoiceDoesNotDependOnTheOrderOrOnOtherSpecs(RepetitionInfo round) {
    var random = new Random(round.getCurrentRepetition());
    var targets = randomTargets(random);
    rig.sample(1 + random.nextInt(targets.size()));
    var shuffled = new ArrayList<>(targets);
    Collections.shuffle(shuffled, random);

    var chosen = chosen(config(5, List.of(change("a", targets))), "a");

    assertThat(chosen(config(5, List.of(change("a", shuffled))), "a")).isEqualTo(chosen);
    var beside = List.<Spec>of(change("b", shuffled.subList(0, 1)), change("a", shuffled));
    assertThat(chosen(config(5, beside), "a")).isEqualTo(chosen);
  }

  @RepeatedTest(ROUNDS)
  void membershipDependsOnWhoBelongsToWhichSpecAndOnNothingElse(RepetitionInfo round) {
    var random = new Random(round.getCurrentRepetition());
    var targets = randomTargets(random);
    var shuffled = new ArrayList<>(targets);
    Collections.shuffle(shuffled, random);
    var hash = config(1, List.of(change("a", targets), change("b", shuffled))).membershipHash();

    rig.sample(random.nextInt(4));
    assertThat(config(2, List.of(change("b", targets), change("a", targets))).membershipHash())
        .isEqualTo(hash);
    var fewer = shuffled.subList(1, shuffled.size());
    if (!fewer.isEmpty()) {
      assertThat(config(1, List.of(change("a", targets), change("b", fewer))).membershipHash())
          .isNotEqualTo(hash);
    }
    assertThat(config(1, List.of(change("a", targets), change("c", targets))).membershipHash())
        .isNotEqualTo(hash);
  }

  @RepeatedTest(ROUNDS)
  void aGroupOfAllIsTheListOfAllByName(RepetitionInfo round) {
    var random = new Random(round.getCurrentRepetition());
    var sorted = randomTargets(random).stream().sorted().toList();
    rig.sample(random.nextInt(sorted.size() + 1));
    var group = new Targets.Group(rig.group("all", "true"));

    assertThat(config(3, List.of(PlannerRig.change("a", group))))
        .isEqualTo(config(3, List.of(change("a", sorted))));
  }

  /// One to thirty databases in some of the environments, in any order.
  private List<DatabaseName> randomTargets(Random random) {
    var targets = new ArrayList<DatabaseName>();
    for (var environment : Environment.USUAL) {
      targets.addAll(rig.databases(environment.id(), random.nextInt(11)));
    }
    if (targets.isEmpty()) {
      targets.addAll(rig.databases("test", 1));
    }
    Collections.shuffle(targets, random);
    return List.copyOf(targets);
  }

  private static Set<DatabaseName> chosen(PlanCheckRunConfig config, String spec) {
    var chosen = new HashSet<DatabaseName>();
    for (var target : config.chosen()) {
      if (target.spec().equals(spec)) {
        chosen.add(target.target());
      }
    }
    return chosen;
  }

  private static Map<String, Integer> byEnvironment(List<CheckTarget> targets) {
    var counts = new HashMap<String, Integer>();
    targets.forEach(target -> counts.merge(target.environment(), 1, Integer::sum));
    return counts;
  }

  private PlanCheckRunConfig config(int number, List<Spec> specs) {
    return ((Checks) rig.plan(number, specs)).config();
  }

  private static Spec change(String id, List<DatabaseName> targets) {
    return PlannerRig.change(id, Targets.of(targets));
  }
}
