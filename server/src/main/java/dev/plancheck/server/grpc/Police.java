// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/// Holds services to their word: they fail by throwing, so that one place maps what they throw. A
/// status that a service made by itself is a bug, and leaves as one.
public final class Police implements ServerInterceptor {
  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            if (status.isOk() || isThrown(status)) {
              super.close(status, trailers);
            } else {
              super.close(unmapped(call, status), new Metadata());
            }
          }
        },
        headers);
  }

  /// gRPC wraps what is thrown, or given to `onError`, as the cause of UNKNOWN without a word.
  private static boolean isThrown(Status status) {
    return status.getCode() == Status.Code.UNKNOWN
        && status.getCause() != null
        && status.getDescription() == null;
  }

  private static Status unmapped(ServerCall<?, ?> call, Status status) {
    var bug =
        new IllegalStateException(
            "%s closed its call itself with %s (expected: an exception)"
                .formatted(call.getMethodDescriptor().getFullMethodName(), status),
            status.getCause());
    return Status.UNKNOWN.withCause(bug);
  }
}
