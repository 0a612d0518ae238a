// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.CreateProjectRequest;
import dev.plancheck.api.v1.GetProjectRequest;
import dev.plancheck.api.v1.ListProjectsRequest;
import dev.plancheck.api.v1.ListProjectsResponse;
import dev.plancheck.api.v1.Project;
import dev.plancheck.api.v1.ProjectServiceGrpc.ProjectServiceImplBase;
import dev.plancheck.api.v1.UpdateProjectRequest;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.server.mapping.Masks;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.ProjectFromProto;
import dev.plancheck.server.mapping.ToProto;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/// Projects over the API.
public final class ProjectApi extends ProjectServiceImplBase {
  private static final Set<String> CHANGEABLE =
      Set.of(
          "title",
          "settings",
          "settings.sampling_size",
          "settings.maximum_age",
          "settings.allow_errors",
          "settings.allow_self_approval",
          "settings.automatic_rollout");

  private final Projects projects;

  public ProjectApi(Projects projects) {
    this.projects = projects;
  }

  @Override
  public void createProject(CreateProjectRequest request, StreamObserver<Project> observer) {
    Answers.answer(
        observer,
        () ->
            ToProto.project(
                projects.create(
                    ProjectFromProto.project(request.getProjectId(), request.getProject()))));
  }

  @Override
  public void getProject(GetProjectRequest request, StreamObserver<Project> observer) {
    Answers.answer(observer, () -> ToProto.project(existing(projects, request.getName())));
  }

  @Override
  public void listProjects(
      ListProjectsRequest request, StreamObserver<ListProjectsResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 50);
          var found = projects.list(page.limit(), token.read(request.getPageToken()));
          return ListProjectsResponse.newBuilder()
              .addAllProjects(page.of(found).stream().map(ToProto::project).toList())
              .setNextPageToken(page.next(found, token, project -> project.id()))
              .build();
        });
  }

  @Override
  public void updateProject(UpdateProjectRequest request, StreamObserver<Project> observer) {
    Answers.answer(
        observer,
        () -> {
          var given = request.getProject();
          var current = existing(projects, given.getName());
          var wanted =
              Masks.apply(ToProto.project(current), given, request.getUpdateMask(), CHANGEABLE);
          return ToProto.project(projects.update(ProjectFromProto.project(current.id(), wanted)));
        });
  }

  /// Throws [ApiException] NOT_FOUND.
  static dev.plancheck.checks.plan.Project existing(Projects projects, String name) {
    return projects
        .get(Names.projectId(name))
        .orElseThrow(() -> ApiException.notFound(Names.project(Names.projectId(name))));
  }
}
