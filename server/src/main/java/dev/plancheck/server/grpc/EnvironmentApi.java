// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import com.google.protobuf.Empty;
import dev.plancheck.api.v1.CreateEnvironmentRequest;
import dev.plancheck.api.v1.DeleteEnvironmentRequest;
import dev.plancheck.api.v1.Environment;
import dev.plancheck.api.v1.EnvironmentServiceGrpc.EnvironmentServiceImplBase;
import dev.plancheck.api.v1.GetEnvironmentRequest;
import dev.plancheck.api.v1.ListEnvironmentsRequest;
import dev.plancheck.api.v1.ListEnvironmentsResponse;
import dev.plancheck.api.v1.ReorderEnvironmentsRequest;
import dev.plancheck.api.v1.ReorderEnvironmentsResponse;
import dev.plancheck.api.v1.UpdateEnvironmentRequest;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Environments;
import dev.plancheck.server.mapping.EnvironmentMapping;
import dev.plancheck.server.mapping.Masks;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/// Environments and their order over the API.
public final class EnvironmentApi extends EnvironmentServiceImplBase {
  private static final Set<String> CHANGEABLE = Set.of("title");

  private final Environments environments;

  public EnvironmentApi(Environments environments) {
    this.environments = environments;
  }

  @Override
  public void createEnvironment(
      CreateEnvironmentRequest request, StreamObserver<Environment> observer) {
    Answers.answer(
        observer,
        () ->
            EnvironmentMapping.toProto(
                environments.create(
                    EnvironmentMapping.fromProto(
                        request.getEnvironmentId(), request.getEnvironment()))));
  }

  @Override
  public void getEnvironment(GetEnvironmentRequest request, StreamObserver<Environment> observer) {
    Answers.answer(observer, () -> EnvironmentMapping.toProto(existing(request.getName())));
  }

  /// There are so few that all are read for each page.
  @Override
  public void listEnvironments(
      ListEnvironmentsRequest request, StreamObserver<ListEnvironmentsResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 100);
          var first = token.readNumber(request.getPageToken(), 0);
          var found = environments.list().stream().skip(first).limit(page.limit()).toList();
          return ListEnvironmentsResponse.newBuilder()
              .addAllEnvironments(page.of(found).stream().map(EnvironmentMapping::toProto).toList())
              .setNextPageToken(page.next(found, token, _ -> Long.toString(first + page.size())))
              .build();
        });
  }

  @Override
  public void updateEnvironment(
      UpdateEnvironmentRequest request, StreamObserver<Environment> observer) {
    Answers.answer(
        observer,
        () -> {
          var given = request.getEnvironment();
          var current = existing(given.getName());
          var wanted =
              Masks.apply(
                  EnvironmentMapping.toProto(current), given, request.getUpdateMask(), CHANGEABLE);
          return EnvironmentMapping.toProto(
              environments.update(EnvironmentMapping.fromProto(current.id(), wanted)));
        });
  }

  @Override
  public void deleteEnvironment(DeleteEnvironmentRequest request, StreamObserver<Empty> observer) {
    Answers.answer(
        observer,
        () -> {
          environments.delete(Names.environmentId(request.getName()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void reorderEnvironments(
      ReorderEnvironmentsRequest request, StreamObserver<ReorderEnvironmentsResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var ids = request.getEnvironmentsList().stream().map(Names::environmentId).toList();
          return ReorderEnvironmentsResponse.newBuilder()
              .addAllEnvironments(
                  environments.reorder(ids).stream().map(EnvironmentMapping::toProto).toList())
              .build();
        });
  }

  private dev.plancheck.checks.plan.Environment existing(String name) {
    return environments
        .get(Names.environmentId(name))
        .orElseThrow(() -> ApiException.notFound(name));
  }
}
