// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.CreatePlanRequest;
import dev.plancheck.api.v1.GetPlanRequest;
import dev.plancheck.api.v1.ListPlansRequest;
import dev.plancheck.api.v1.ListPlansResponse;
import dev.plancheck.api.v1.UpdatePlanRequest;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanService;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.server.access.Callers;
import dev.plancheck.server.mapping.Masks;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.PlanFromProto;
import dev.plancheck.server.mapping.PlanToProto;
import java.util.Set;

/// Calls about plans.
public final class PlanCalls {
  private static final Set<String> CHANGEABLE = Set.of("title", "specs");

  private final Projects projects;
  private final Plans plans;
  private final PlanService service;

  public PlanCalls(Projects projects, Plans plans, PlanService service) {
    this.projects = projects;
    this.plans = plans;
    this.service = service;
  }

  dev.plancheck.api.v1.Plan create(CreatePlanRequest request) {
    var project = ProjectApi.existing(projects, request.getParent()).id();
    var plan = request.getPlan();
    return PlanToProto.plan(
        service.create(
            project,
            PlanFromProto.title(plan),
            PlanFromProto.specs(project, plan),
            Callers.current().name()));
  }

  dev.plancheck.api.v1.Plan get(GetPlanRequest request) {
    return PlanToProto.plan(existing(request.getName()));
  }

  ListPlansResponse list(ListPlansRequest request) {
    var project = ProjectApi.existing(projects, request.getParent()).id();
    var token = PageToken.of(request);
    var page = Page.of(request.getPageSize(), 50);
    var before = token.readNumber(request.getPageToken(), Long.MAX_VALUE);
    var found = plans.list(project, page.limit(), before);
    return ListPlansResponse.newBuilder()
        .addAllPlans(page.of(found).stream().map(PlanToProto::plan).toList())
        .setNextPageToken(page.next(found, token, plan -> Long.toString(plan.name().number())))
        .build();
  }

  /// Without a version the update is for the plan as it is now; a change between reading and
  /// writing is ABORTED all the same.
  dev.plancheck.api.v1.Plan update(UpdatePlanRequest request) {
    var given = request.getPlan();
    var current = existing(given.getName());
    var wanted = Masks.apply(PlanToProto.plan(current), given, request.getUpdateMask(), CHANGEABLE);
    return PlanToProto.plan(
        service.update(
            new Plan(
                current.name(),
                PlanFromProto.title(wanted),
                PlanFromProto.specs(current.name().project(), wanted),
                given.getVersion() == 0 ? current.version() : given.getVersion(),
                current.createdAt(),
                current.updatedAt()),
            Callers.current().name()));
  }

  private Plan existing(String name) {
    return plans.get(Names.plan(name)).orElseThrow(() -> ApiException.notFound(name));
  }
}
