// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import java.util.List;
import java.util.TreeSet;

/// Registers the tenants as a user would - project, instance, databases, sheet - and writes the
/// plan.
final class DemoFleet {
  static final String PROJECT = "demo";
  static final String INSTANCE = "tenants";

  private DemoFleet() {}

  static Instance instance(TenantServer server) {
    var endpoint = server.endpoint();
    return new Instance(
        INSTANCE,
        "The demo's tenants",
        server.engine(),
        "production",
        endpoint.host(),
        endpoint.port(),
        endpoint.user(),
        new Instance.Secret.Env(DemoRooms.PASSWORD),
        Instance.TlsMode.DISABLE);
  }

  static Plan plan(CheckPorts ports, Instance instance, List<String> tenants, String change) {
    ports.projects().create(new Project(PROJECT, "Demo", Project.Settings.DEFAULT));
    ports.instances().create(instance);
    ports.databases().sync(INSTANCE, new TreeSet<>(tenants));
    var sheet = ports.sheets().put(PROJECT, change);
    var targets = tenants.stream().map(tenant -> new DatabaseName(INSTANCE, tenant)).toList();
    return ports
        .plans()
        .create(
            PROJECT,
            "Loyalty programme",
            List.of(Spec.ChangeDatabase.migrate("change", sheet.sha256(), targets)),
            "users/demo");
  }
}
