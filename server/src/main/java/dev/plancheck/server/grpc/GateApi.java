// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.EvaluateGateRequest;
import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.GateOverride;
import dev.plancheck.api.v1.GateServiceGrpc.GateServiceImplBase;
import dev.plancheck.api.v1.ListGateOverridesRequest;
import dev.plancheck.api.v1.ListGateOverridesResponse;
import dev.plancheck.api.v1.OverrideGateRequest;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.server.access.Callers;
import dev.plancheck.server.mapping.GateFromProto;
import dev.plancheck.server.mapping.GateToProto;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import io.grpc.stub.StreamObserver;

public final class GateApi extends GateServiceImplBase {
  private final Plans plans;
  private final Gate gate;

  public GateApi(Plans plans, Gate gate) {
    this.plans = plans;
    this.gate = gate;
  }

  @Override
  public void evaluateGate(EvaluateGateRequest request, StreamObserver<GateEvaluation> observer) {
    var purpose = GateFromProto.purpose(request.getPurpose());
    Answers.answer(
        observer,
        () ->
            GateToProto.evaluation(purpose, gate.evaluate(Names.plan(request.getName()), purpose)));
  }

  @Override
  public void overrideGate(OverrideGateRequest request, StreamObserver<GateOverride> observer) {
    Answers.answer(
        observer,
        () ->
            GateToProto.override(
                gate.override(
                    Names.plan(request.getName()),
                    GateFromProto.purpose(request.getPurpose()),
                    GateFromProto.override(request),
                    Callers.current().name())));
  }

  @Override
  public void listGateOverrides(
      ListGateOverridesRequest request, StreamObserver<ListGateOverridesResponse> observer) {
    Answers.answer(observer, () -> list(request));
  }

  private ListGateOverridesResponse list(ListGateOverridesRequest request) {
    var plan = Names.plan(request.getParent());
    if (plans.get(plan).isEmpty()) {
      throw ApiException.notFound(plan.toString());
    }
    var token = PageToken.of(request);
    var page = Page.of(request.getPageSize(), 50);
    var after = token.readNumber(request.getPageToken(), 0);
    var found =
        gate.overrides(plan).stream()
            .filter(override -> override.id() > after)
            .limit(page.limit())
            .toList();
    return ListGateOverridesResponse.newBuilder()
        .addAllGateOverrides(page.of(found).stream().map(GateToProto::override).toList())
        .setNextPageToken(page.next(found, token, override -> Long.toString(override.id())))
        .build();
  }
}
