// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.Database;
import dev.plancheck.api.v1.DatabaseServiceGrpc.DatabaseServiceImplBase;
import dev.plancheck.api.v1.GetDatabaseRequest;
import dev.plancheck.api.v1.ListDatabasesRequest;
import dev.plancheck.api.v1.ListDatabasesResponse;
import dev.plancheck.api.v1.UpdateDatabaseRequest;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.server.mapping.Masks;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.ToProto;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The databases of instances over the API.
public final class DatabaseApi extends DatabaseServiceImplBase {
  private static final Set<String> CHANGEABLE = Set.of("labels");

  private final Instances instances;
  private final Databases databases;

  public DatabaseApi(Instances instances, Databases databases) {
    this.instances = instances;
    this.databases = databases;
  }

  @Override
  public void getDatabase(GetDatabaseRequest request, StreamObserver<Database> observer) {
    Answers.answer(observer, () -> ToProto.database(existing(request.getName())));
  }

  @Override
  public void listDatabases(
      ListDatabasesRequest request, StreamObserver<ListDatabasesResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 50);
          var cursor = token.read(request.getPageToken());
          var after = cursor.isEmpty() ? null : Names.database(cursor);
          var found = databases.list(instance(request.getParent()), page.limit(), after);
          return ListDatabasesResponse.newBuilder()
              .addAllDatabases(page.of(found).stream().map(ToProto::database).toList())
              .setNextPageToken(page.next(found, token, database -> database.name().toString()))
              .build();
        });
  }

  @Override
  public void updateDatabase(UpdateDatabaseRequest request, StreamObserver<Database> observer) {
    Answers.answer(
        observer,
        () -> {
          var given = request.getDatabase();
          var current = existing(given.getName());
          var wanted =
              Masks.apply(ToProto.database(current), given, request.getUpdateMask(), CHANGEABLE);
          return ToProto.database(
              databases.label(current.name(), new TreeMap<>(wanted.getLabelsMap())));
        });
  }

  /// Null for all instances.
  private @Nullable String instance(String parent) {
    var id = Names.instanceId(parent);
    if (id.equals(Names.ANY)) {
      return null;
    }
    if (instances.get(id).isEmpty()) {
      throw ApiException.notFound(parent);
    }
    return id;
  }

  private dev.plancheck.checks.plan.Database existing(String name) {
    return databases.get(Names.database(name)).orElseThrow(() -> ApiException.notFound(name));
  }
}
