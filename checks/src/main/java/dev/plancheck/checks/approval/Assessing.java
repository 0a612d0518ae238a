// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.engine.schema.Fingerprint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Assesses plans, and reads the results of a run once only as long as nothing changes of what the
/// answer depends on.
final class Assessing {
  /// What there is to assess: the plan, the targets that a rollout would reach now, and the run.
  record Case(Plan plan, List<CheckTarget> planned, @Nullable PlanCheckRun run) {
    Case {
      planned = List.copyOf(planned);
    }

    /// 0 without checks.
    int attempt() {
      return run == null ? 0 : run.attempt();
    }
  }

  private record Key(
      int planVersion, int attempt, String runUpdatedAt, String policyHash, String placesHash) {}

  private final CheckPorts ports;
  private final ApprovalRecords records;

  Assessing(CheckPorts ports, ApprovalRecords records) {
    this.ports = ports;
    this.records = records;
  }

  /// Throws [ApiException] ABORTED when the run changes while its results are read.
  Assessment assess(Case of, CompiledPolicy policy, String policyHash) {
    var unchecked = unchecked(of);
    var places =
        Places.read(ports.instances(), ports.databases(), names(of, unchecked), policy.used());
    var key = key(of, policyHash, placesHash(of, unchecked, places));
    var name = of.plan().name();
    return records
        .assessment(name, key)
        .orElseGet(() -> {
          var assessor = new Assessor(policy, places, of.planned());
          read(of, assessor);
          unchecked.forEach(assessor::blind);
          var assessment = assessor.end();
          records.keep(name, key, assessment);
          return assessment;
        });
  }

  private void read(Case of, Assessor assessor) {
    var run = of.run();
    if (run == null) {
      return;
    }
    var read = ports.runs().read(run.plan(), 0, assessor).orElse(null);
    if (read == null
        || read.attempt() != run.attempt()
        || !read.times().updatedAt().equals(run.times().updatedAt())) {
      throw ApiException.aborted(
          "the checks of %s change while they are read (expected: the same as before; read again)"
              .formatted(run.plan()));
    }
  }

  private static List<Unchecked> unchecked(Case of) {
    return Unchecked.of(
        of.plan().specs(),
        of.planned().stream().map(CheckTarget::spec).collect(Collectors.toSet()));
  }

  private static Set<DatabaseName> names(Case of, List<Unchecked> unchecked) {
    var names = new HashSet<DatabaseName>();
    of.planned().forEach(target -> names.add(target.target()));
    for (var change : unchecked) {
      if (change.target() != null) {
        names.add(change.target());
      }
    }
    return names;
  }

  private static String placesHash(Case of, List<Unchecked> unchecked, Places places) {
    var hash = new Digests.Chain();
    of.planned().forEach(target -> hash.add(places.row(target.target(), target.environment())));
    for (var change : unchecked) {
      if (change.target() != null) {
        hash.add(places.row(change.target(), change.environment()));
      }
    }
    return hash.end();
  }

  private static String key(Case of, String policyHash, String placesHash) {
    var run = of.run();
    return Fingerprint.ofRecord(
        new Key(
            of.plan().version(),
            of.attempt(),
            run == null ? "" : run.times().updatedAt().toString(),
            policyHash,
            placesHash));
  }
}
