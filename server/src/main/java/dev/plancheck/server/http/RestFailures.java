// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.CancellationException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.common.TimeoutException;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.UnframedGrpcErrorHandler;
import dev.plancheck.server.failure.Failures;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Failures of REST calls: those of the services behind them, and those before any service.
final class RestFailures implements UnframedGrpcErrorHandler, ServerErrorHandler {
  private static final String DETAILS = "grpc-status-details-bin";

  /// A service failed, and its failure was mapped already: it is in the trailers.
  @Override
  public HttpResponse handle(
      ServiceRequestContext context, io.grpc.Status status, AggregatedHttpResponse response) {
    var trailers = response.trailers().isEmpty() ? response.headers() : response.trailers();
    var details = trailers.get(DETAILS);
    return FailureJson.answer(details == null ? plain(status) : decoded(details)).toHttpResponse();
  }

  private static Status plain(io.grpc.Status status) {
    return status.getCode() == io.grpc.Status.Code.UNIMPLEMENTED
        ? Failures.of(Code.UNIMPLEMENTED, "there is no such method")
        : Failures.of(status.asException());
  }

  private static Status decoded(String details) {
    try {
      return Status.parseFrom(Base64.getDecoder().decode(details));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Failures.of(new IllegalStateException("unreadable details of a failure", e));
    }
  }

  /// No service was reached, or something that is no gRPC service failed.
  @Override
  public @Nullable HttpResponse onServiceException(
      ServiceRequestContext context, Throwable thrown) {
    var cause = Exceptions.peel(thrown);
    return switch (cause) {
      case HttpStatusException e -> FailureJson.answer(of(e)).toHttpResponse();
      case ContentTooLargeException _ ->
          FailureJson.answer(TransportFailures.tooLarge()).toHttpResponse();
      case TimeoutException _ -> FailureJson.answer(TransportFailures.timedOut()).toHttpResponse();
      case ShuttingDownException _ ->
          FailureJson.answer(Failures.of(Code.UNAVAILABLE, "the server stops")).toHttpResponse();
      // The caller left: nobody reads an answer.
      case CancellationException _ -> null;
      default -> FailureJson.answer(Failures.of(cause)).toHttpResponse();
    };
  }

  /// The transcoder could not make a request of the body: no JSON, no object, no content type.
  private static Status of(HttpStatusException e) {
    if (!e.httpStatus().equals(HttpStatus.BAD_REQUEST)) {
      return of(e.httpStatus());
    }
    return Failures.of(
        Code.INVALID_ARGUMENT,
        "the body cannot be read (expected: a JSON object with Content-Type: application/json)");
  }

  @Override
  public @Nullable AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    return status.isContentAlwaysEmpty()
        ? AggregatedHttpResponse.of(ResponseHeaders.of(status))
        : withHttpStatus(status, FailureJson.answer(of(status)));
  }

  private static AggregatedHttpResponse withHttpStatus(
      HttpStatus status, AggregatedHttpResponse answer) {
    var headers = answer.headers().toBuilder().status(status).build();
    return AggregatedHttpResponse.of(headers, answer.content());
  }

  private static Status of(HttpStatus status) {
    return switch (status.code()) {
      case 404 ->
          Failures.of(Code.NOT_FOUND, "there is nothing at this path; /docs lists all calls");
      case 405 ->
          Failures.of(
              Code.UNIMPLEMENTED, "this path does not take this method; /docs lists all calls");
      case 413 -> TransportFailures.tooLarge();
      case 503 -> Failures.of(Code.UNAVAILABLE, "the server stops or is overloaded; try again");
      default ->
          Failures.of(
              status.isClientError() ? Code.INVALID_ARGUMENT : Code.UNKNOWN, status.reasonPhrase());
    };
  }
}
