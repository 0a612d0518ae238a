// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.RequestInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.util.regex.Pattern;

/// A google.rpc.Status as the body of an HTTP answer, with its fields named as in JSON.
final class FailureJson {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(BadRequest.getDescriptor())
                  .add(RequestInfo.getDescriptor())
                  .build());
  private static final Pattern SNAKE = Pattern.compile("_([a-z0-9])");

  private FailureJson() {}

  static AggregatedHttpResponse answer(Status failure) {
    var status = httpStatus(code(failure));
    var headers = ResponseHeaders.builder(status).contentType(MediaType.JSON_UTF_8);
    if (status.equals(HttpStatus.UNAUTHORIZED)) {
      headers.add(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(print(failure) + "\n"));
  }

  private static String print(Status failure) {
    try {
      var inJson = failure.toBuilder().clearDetails();
      for (var detail : failure.getDetailsList()) {
        inJson.addDetails(withJsonNames(detail));
      }
      return PRINTER.print(inJson);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a status of ours has no JSON", e);
    }
  }

  private static Any withJsonNames(Any detail) throws InvalidProtocolBufferException {
    if (!detail.is(BadRequest.class)) {
      return detail;
    }
    var request = detail.unpack(BadRequest.class).toBuilder();
    request
        .getFieldViolationsBuilderList()
        .forEach(violation -> violation.setField(jsonName(violation.getField())));
    return Any.pack(request.build());
  }

  private static String jsonName(String path) {
    return SNAKE
        .matcher(path)
        .replaceAll(match -> match.group(1).toUpperCase(java.util.Locale.ROOT));
  }

  private static Code code(Status failure) {
    var code = Code.forNumber(failure.getCode());
    return code == null ? Code.UNKNOWN : code;
  }

  /// As Google's own APIs map them.
  private static HttpStatus httpStatus(Code code) {
    return switch (code) {
      case OK -> HttpStatus.OK;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case ALREADY_EXISTS, ABORTED -> HttpStatus.CONFLICT;
      case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
      case CANCELLED -> HttpStatus.CLIENT_CLOSED_REQUEST;
      case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
      case UNKNOWN, INTERNAL, DATA_LOSS, UNRECOGNIZED -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
