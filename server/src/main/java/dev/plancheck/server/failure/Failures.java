// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.failure;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.RequestInfo;
import com.google.rpc.Status;
import dev.plancheck.checks.ApiException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place that turns what a call threw into what its caller reads. A mistake of the caller
/// is told in full; anything else is a fault of ours: it is logged under an id, and the caller gets
/// that id and nothing more.
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  public static Status of(Throwable failure) {
    return switch (failure) {
      case ApiException mistake -> of(mistake);
      case InvalidRequest invalid ->
          status(
              Code.INVALID_ARGUMENT,
              String.valueOf(invalid.getMessage()),
              violations(invalid.violations()));
      case InvalidProtocolBufferException unreadable -> unreadable(unreadable);
      default -> internal(failure);
    };
  }

  /// For what the transport found: `message` holds nothing of the request's content.
  public static Status of(Code code, String message) {
    return status(code, message);
  }

  private static Status of(ApiException mistake) {
    var code = code(mistake.code());
    var message = String.valueOf(mistake.getMessage());
    var blamed =
        mistake.violations().stream()
            .map(violation ->
                FieldViolation.newBuilder()
                    .setField(violation.field())
                    .setDescription(violation.message())
                    .build())
            .toList();
    return blamed.isEmpty() ? status(code, message) : status(code, message, violations(blamed));
  }

  private static Status unreadable(InvalidProtocolBufferException unreadable) {
    return status(
        Code.INVALID_ARGUMENT,
        "the request cannot be read: "
            + ParserMessage.withoutValues(String.valueOf(unreadable.getMessage())));
  }

  private static Status internal(Throwable bug) {
    var id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.error("internal error {}", id, bug);
    return status(
        Code.INTERNAL,
        "internal error %s: the server's log says more under this id".formatted(id),
        Any.pack(RequestInfo.newBuilder().setRequestId(id).build()));
  }

  private static Code code(ApiException.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT -> Code.INVALID_ARGUMENT;
      case NOT_FOUND -> Code.NOT_FOUND;
      case ALREADY_EXISTS -> Code.ALREADY_EXISTS;
      case FAILED_PRECONDITION -> Code.FAILED_PRECONDITION;
      case ABORTED -> Code.ABORTED;
      case UNAUTHENTICATED -> Code.UNAUTHENTICATED;
      case PERMISSION_DENIED -> Code.PERMISSION_DENIED;
      case RESOURCE_EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Code.UNAVAILABLE;
    };
  }

  private static Any violations(List<FieldViolation> violations) {
    return Any.pack(BadRequest.newBuilder().addAllFieldViolations(violations).build());
  }

  private static Status status(Code code, String message, Any... details) {
    return Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage(message)
        .addAllDetails(List.of(details))
        .build();
  }
}
