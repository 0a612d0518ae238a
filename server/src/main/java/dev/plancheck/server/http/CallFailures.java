// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.TimeoutException;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;
import dev.plancheck.server.failure.Failures;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/// Everything that a gRPC or REST call throws passes here, on its way to the caller.
final class CallFailures implements GrpcExceptionHandlerFunction {
  @Override
  public Status apply(RequestContext context, Status status, Throwable cause, Metadata trailers) {
    var failure = StatusProto.toStatusRuntimeException(of(context, status, cause, trailers));
    var details = failure.getTrailers();
    if (details != null) {
      trailers.merge(details);
    }
    return failure.getStatus();
  }

  private static com.google.rpc.Status of(
      RequestContext context, Status status, Throwable cause, Metadata trailers) {
    return switch (cause) {
      case StatusRuntimeException e
          when e.getCause() instanceof InvalidProtocolBufferException unreadable ->
          Failures.of(unreadable);
      case StatusRuntimeException e -> ofTransport(e.getStatus(), e);
      case StatusException e -> ofTransport(e.getStatus(), e);
      case ContentTooLargeException _ -> TransportFailures.tooLarge();
      case TimeoutException _ -> TransportFailures.timedOut();
      case InvalidProtocolBufferException unreadable -> Failures.of(unreadable);
      default -> {
        var known = GrpcExceptionHandlerFunction.of().apply(context, status, cause, trailers);
        yield known != null && known.getCode() == Status.Code.CANCELLED
            ? Failures.of(Code.CANCELLED, "the caller left")
            : Failures.of(cause);
      }
    };
  }

  /// A status that the transport made by itself; services make none.
  private static com.google.rpc.Status ofTransport(Status status, Throwable cause) {
    return switch (status.getCode()) {
      case CANCELLED -> Failures.of(Code.CANCELLED, "the caller left");
      case DEADLINE_EXCEEDED -> TransportFailures.timedOut();
      case RESOURCE_EXHAUSTED -> TransportFailures.tooLarge();
      case UNIMPLEMENTED -> Failures.of(Code.UNIMPLEMENTED, "there is no such method");
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS,
          UNAUTHENTICATED ->
          Failures.of(cause);
    };
  }
}
