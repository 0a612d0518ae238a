// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Projects;

/// Rolls out by itself, where the project wants that, each plan that may go, and says of the others
/// what they wait for. Two processes that do it at once make one rollout of a plan, because storage
/// keeps only one.
public final class AutomaticRollouts {
  private static final String ITSELF = "automatic rollout";
  private static final int PAGE = 100;

  private final Projects projects;
  private final Plans plans;
  private final Gate gate;
  private final Rollouts rollouts;
  private final RolloutService service;
  private final RolloutNews news;

  public AutomaticRollouts(
      CheckPorts ports, Gate gate, Rollouts rollouts, RolloutService service, RolloutNews news) {
    this.projects = ports.projects();
    this.plans = ports.plans();
    this.gate = gate;
    this.rollouts = rollouts;
    this.service = service;
    this.news = news;
  }

  /// One look at all plans.
  public void run() {
    var after = "";
    while (true) {
      var page = projects.list(PAGE, after);
      for (var project : page) {
        if (project.settings().automaticRollout()) {
          run(project);
        }
        after = project.id();
      }
      if (page.size() < PAGE) {
        return;
      }
    }
  }

  private void run(Project project) {
    var before = Long.MAX_VALUE;
    while (true) {
      var page = plans.list(project.id(), PAGE, before);
      for (var plan : page) {
        consider(plan);
        before = plan.name().number();
      }
      if (page.size() < PAGE) {
        return;
      }
    }
  }

  private void consider(Plan plan) {
    var last = rollouts.latest(plan.name()).orElse(null);
    if (last == null
        || (!last.status().isLive() && last.source().planVersion() != plan.version())) {
      say(plan.name(), rollOut(plan));
    } else {
      say(plan.name(), "");
    }
  }

  /// What it waits for.
  private String rollOut(Plan plan) {
    try {
      var answer = gate.evaluate(plan.name(), Purpose.ROLLOUT);
      if (!answer.isOpen()) {
        return RolloutService.words(answer);
      }
      var _ = service.create(plan.name(), RolloutOptions.DEFAULT.withAutomatic(true), ITSELF);
      return "";
    } catch (ApiException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void say(PlanName plan, String words) {
    if (!rollouts.waiting(plan).words().equals(words)) {
      rollouts.say(plan, words);
      if (!words.isEmpty()) {
        news.blocked(plan, words);
      }
    }
  }
}
