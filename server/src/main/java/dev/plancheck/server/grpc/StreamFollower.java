// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.WatchPlanCheckRunResponse;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.server.mapping.RunToProto;
import dev.plancheck.server.watch.Follower;
import io.grpc.stub.ServerCallStreamObserver;

/// A gRPC stream that follows a run. HTTP/2 keeps the line alive by itself.
record StreamFollower(ServerCallStreamObserver<WatchPlanCheckRunResponse> stream)
    implements Follower {
  @Override
  public boolean isOpen() {
    return !stream.isCancelled();
  }

  @Override
  public boolean isReady() {
    return stream.isReady();
  }

  @Override
  public void changed(PlanCheckRun run) {
    stream.onNext(
        WatchPlanCheckRunResponse.newBuilder().setPlanCheckRun(RunToProto.run(run)).build());
  }

  @Override
  public void unchanged() {}

  @Override
  public void ended() {
    stream.onCompleted();
  }

  @Override
  public void failed(RuntimeException cause) {
    stream.onError(cause);
  }
}
