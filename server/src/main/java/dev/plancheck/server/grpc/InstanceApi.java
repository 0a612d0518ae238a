// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import com.google.protobuf.Empty;
import dev.plancheck.api.v1.CreateInstanceRequest;
import dev.plancheck.api.v1.DeleteInstanceRequest;
import dev.plancheck.api.v1.GetInstanceRequest;
import dev.plancheck.api.v1.Instance;
import dev.plancheck.api.v1.InstanceServiceGrpc.InstanceServiceImplBase;
import dev.plancheck.api.v1.ListInstancesRequest;
import dev.plancheck.api.v1.ListInstancesResponse;
import dev.plancheck.api.v1.SyncDatabasesRequest;
import dev.plancheck.api.v1.SyncDatabasesResponse;
import dev.plancheck.api.v1.UpdateInstanceRequest;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.checks.target.DatabaseSync;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.server.mapping.InstanceFromProto;
import dev.plancheck.server.mapping.Masks;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.ToProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;

/// Database servers over the API. Passwords come in and never go out.
public final class InstanceApi extends InstanceServiceImplBase {
  private static final Set<String> CHANGEABLE =
      Set.of(
          "title",
          "environment",
          "host",
          "port",
          "user",
          "password",
          "tls_mode",
          "ghost_probe",
          "ghost_scratch_schema");

  private final Instances instances;
  private final DatabaseSync sync;
  private final InstanceFromProto fromProto;

  public InstanceApi(Instances instances, DatabaseSync sync, InstanceFromProto fromProto) {
    this.instances = instances;
    this.sync = sync;
    this.fromProto = fromProto;
  }

  @Override
  public void createInstance(CreateInstanceRequest request, StreamObserver<Instance> observer) {
    Answers.answer(
        observer,
        () ->
            ToProto.instance(
                instances.create(
                    fromProto.create(request.getInstanceId(), request.getInstance()))));
  }

  @Override
  public void getInstance(GetInstanceRequest request, StreamObserver<Instance> observer) {
    Answers.answer(observer, () -> ToProto.instance(existing(request.getName())));
  }

  @Override
  public void listInstances(
      ListInstancesRequest request, StreamObserver<ListInstancesResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 50);
          var found = instances.list(page.limit(), token.read(request.getPageToken()));
          return ListInstancesResponse.newBuilder()
              .addAllInstances(page.of(found).stream().map(ToProto::instance).toList())
              .setNextPageToken(page.next(found, token, instance -> instance.id()))
              .build();
        });
  }

  @Override
  public void updateInstance(UpdateInstanceRequest request, StreamObserver<Instance> observer) {
    Answers.answer(
        observer,
        () -> {
          var given = request.getInstance();
          var current = existing(given.getName());
          var wanted =
              Masks.apply(ToProto.instance(current), given, request.getUpdateMask(), CHANGEABLE);
          return ToProto.instance(instances.update(fromProto.update(current, wanted)));
        });
  }

  @Override
  public void deleteInstance(DeleteInstanceRequest request, StreamObserver<Empty> observer) {
    Answers.answer(
        observer,
        () -> {
          if (!instances.delete(Names.instanceId(request.getName()))) {
            throw ApiException.notFound(request.getName());
          }
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void syncDatabases(
      SyncDatabasesRequest request, StreamObserver<SyncDatabasesResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var instance = existing(request.getName());
          var synced = synced(instance);
          return SyncDatabasesResponse.newBuilder()
              .addAllDatabases(synced.stream().map(ToProto::database).toList())
              .build();
        });
  }

  private List<Database> synced(dev.plancheck.checks.plan.Instance instance) {
    try {
      return sync.sync(instance);
    } catch (TargetException e) {
      throw switch (e.kind()) {
        case UNREACHABLE, BUSY, TIMED_OUT, CANCELED ->
            new ApiException(ApiException.Code.UNAVAILABLE, String.valueOf(e.getMessage()));
        case REFUSED, NOT_PERMITTED, MISSING, OTHER ->
            ApiException.failedPrecondition(String.valueOf(e.getMessage()));
      };
    }
  }

  private dev.plancheck.checks.plan.Instance existing(String name) {
    return instances.get(Names.instanceId(name)).orElseThrow(() -> ApiException.notFound(name));
  }
}
