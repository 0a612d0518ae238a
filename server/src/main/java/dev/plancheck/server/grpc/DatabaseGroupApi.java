// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import com.google.protobuf.Empty;
import dev.plancheck.api.v1.CreateDatabaseGroupRequest;
import dev.plancheck.api.v1.DatabaseGroup;
import dev.plancheck.api.v1.DatabaseGroupServiceGrpc.DatabaseGroupServiceImplBase;
import dev.plancheck.api.v1.DeleteDatabaseGroupRequest;
import dev.plancheck.api.v1.GetDatabaseGroupRequest;
import dev.plancheck.api.v1.ListDatabaseGroupsRequest;
import dev.plancheck.api.v1.ListDatabaseGroupsResponse;
import dev.plancheck.api.v1.ListMatchedDatabasesRequest;
import dev.plancheck.api.v1.ListMatchedDatabasesResponse;
import dev.plancheck.api.v1.UpdateDatabaseGroupRequest;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.group.GroupService;
import dev.plancheck.checks.plan.DatabaseGroups;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.server.mapping.GroupMapping;
import dev.plancheck.server.mapping.Masks;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.ToProto;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/// Database groups over the API.
public final class DatabaseGroupApi extends DatabaseGroupServiceImplBase {
  private static final Set<String> CHANGEABLE = Set.of("title", "expression");

  private final Projects projects;
  private final DatabaseGroups groups;
  private final GroupService service;

  public DatabaseGroupApi(Projects projects, DatabaseGroups groups, GroupService service) {
    this.projects = projects;
    this.groups = groups;
    this.service = service;
  }

  @Override
  public void createDatabaseGroup(
      CreateDatabaseGroupRequest request, StreamObserver<DatabaseGroup> observer) {
    Answers.answer(
        observer,
        () -> {
          var project = Names.projectId(request.getParent());
          var name = new GroupName(project, request.getGroupId());
          return GroupMapping.toProto(
              service.create(GroupMapping.fromProto(name, request.getGroup())));
        });
  }

  @Override
  public void getDatabaseGroup(
      GetDatabaseGroupRequest request, StreamObserver<DatabaseGroup> observer) {
    Answers.answer(observer, () -> GroupMapping.toProto(existing(request.getName())));
  }

  @Override
  public void listDatabaseGroups(
      ListDatabaseGroupsRequest request, StreamObserver<ListDatabaseGroupsResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var project = ProjectApi.existing(projects, request.getParent()).id();
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 50);
          var found = groups.list(project, page.limit(), token.read(request.getPageToken()));
          return ListDatabaseGroupsResponse.newBuilder()
              .addAllDatabaseGroups(page.of(found).stream().map(GroupMapping::toProto).toList())
              .setNextPageToken(page.next(found, token, group -> group.name().id()))
              .build();
        });
  }

  @Override
  public void updateDatabaseGroup(
      UpdateDatabaseGroupRequest request, StreamObserver<DatabaseGroup> observer) {
    Answers.answer(
        observer,
        () -> {
          var given = request.getGroup();
          var current = existing(given.getName());
          var wanted =
              Masks.apply(
                  GroupMapping.toProto(current), given, request.getUpdateMask(), CHANGEABLE);
          return GroupMapping.toProto(
              service.update(GroupMapping.fromProto(current.name(), wanted)));
        });
  }

  @Override
  public void deleteDatabaseGroup(
      DeleteDatabaseGroupRequest request, StreamObserver<Empty> observer) {
    Answers.answer(
        observer,
        () -> {
          if (!groups.delete(Names.group(request.getName()))) {
            throw ApiException.notFound(request.getName());
          }
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void listMatchedDatabases(
      ListMatchedDatabasesRequest request, StreamObserver<ListMatchedDatabasesResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var group = existing(request.getParent());
          var token = PageToken.of(request, group.expression());
          var page = Page.of(request.getPageSize(), 50);
          var cursor = token.read(request.getPageToken());
          var after = cursor.isEmpty() ? null : Names.database(cursor);
          var found = service.matched(group.name(), page.limit(), after);
          return ListMatchedDatabasesResponse.newBuilder()
              .addAllDatabases(page.of(found).stream().map(ToProto::database).toList())
              .setNextPageToken(page.next(found, token, database -> database.name().toString()))
              .build();
        });
  }

  private dev.plancheck.checks.plan.DatabaseGroup existing(String name) {
    return groups.get(Names.group(name)).orElseThrow(() -> ApiException.notFound(name));
  }
}
