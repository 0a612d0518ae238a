// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.CreateReleaseRequest;
import dev.plancheck.api.v1.GetReleaseRequest;
import dev.plancheck.api.v1.ListReleasesRequest;
import dev.plancheck.api.v1.ListReleasesResponse;
import dev.plancheck.api.v1.Release;
import dev.plancheck.api.v1.ReleaseServiceGrpc.ReleaseServiceImplBase;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.ReleaseName;
import dev.plancheck.checks.plan.ReleaseService;
import dev.plancheck.checks.plan.Releases;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.ReleaseMapping;
import io.grpc.stub.StreamObserver;

/// Releases over the API.
public final class ReleaseApi extends ReleaseServiceImplBase {
  private final Projects projects;
  private final Releases releases;
  private final ReleaseService service;

  public ReleaseApi(Projects projects, Releases releases, ReleaseService service) {
    this.projects = projects;
    this.releases = releases;
    this.service = service;
  }

  @Override
  public void createRelease(CreateReleaseRequest request, StreamObserver<Release> observer) {
    Answers.answer(
        observer,
        () -> {
          var project = ProjectApi.existing(projects, request.getParent()).id();
          var release = request.getRelease();
          return ReleaseMapping.toProto(
              service.create(
                  new ReleaseName(project, request.getReleaseId()),
                  ReleaseMapping.title(release),
                  ReleaseMapping.files(project, release)));
        });
  }

  @Override
  public void getRelease(GetReleaseRequest request, StreamObserver<Release> observer) {
    Answers.answer(
        observer,
        () ->
            ReleaseMapping.toProto(
                releases
                    .get(Names.release(request.getName()))
                    .orElseThrow(() -> ApiException.notFound(request.getName()))));
  }

  @Override
  public void listReleases(
      ListReleasesRequest request, StreamObserver<ListReleasesResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var project = ProjectApi.existing(projects, request.getParent()).id();
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 50);
          var found = releases.list(project, page.limit(), token.read(request.getPageToken()));
          return ListReleasesResponse.newBuilder()
              .addAllReleases(page.of(found).stream().map(ReleaseMapping::toProto).toList())
              .setNextPageToken(page.next(found, token, release -> release.name().id()))
              .build();
        });
  }
}
