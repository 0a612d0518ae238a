// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import dev.plancheck.server.failure.InvalidRequest;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.stream.Collectors;

/// Holds every request against the constraints that its proto states, before a service sees it.
public final class Constraints implements ServerInterceptor {
  private final Validator validator = ValidatorFactory.newBuilder().build();

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q request) {
        check((Message) request);
        super.onMessage(request);
      }
    };
  }

  /// Compiles the constraints of a request's type, which takes a while for the first one.
  public void warmUp(Message request) {
    validate(request);
  }

  void check(Message request) {
    var result = validate(request);
    if (!result.isSuccess()) {
      throw new InvalidRequest(result.getViolations().stream().map(Constraints::of).toList());
    }
  }

  private build.buf.protovalidate.ValidationResult validate(Message request) {
    try {
      return validator.validate(request);
    } catch (ValidationException e) {
      throw new IllegalStateException(
          "the constraints of %s do not compile"
              .formatted(request.getDescriptorForType().getFullName()),
          e);
    }
  }

  private static FieldViolation of(Violation violation) {
    var message = violation.toProto();
    return FieldViolation.newBuilder()
        .setField(path(message.getField()))
        .setDescription(Wording.of(violation))
        .setReason(message.getRuleId())
        .build();
  }

  private static String path(FieldPath path) {
    return path.getElementsList().stream()
        .map(Constraints::element)
        .collect(Collectors.joining("."));
  }

  private static String element(FieldPathElement element) {
    return switch (element.getSubscriptCase()) {
      case INDEX -> "%s[%d]".formatted(element.getFieldName(), element.getIndex());
      case STRING_KEY -> "%s[\"%s\"]".formatted(element.getFieldName(), element.getStringKey());
      case BOOL_KEY -> "%s[%s]".formatted(element.getFieldName(), element.getBoolKey());
      case INT_KEY -> "%s[%d]".formatted(element.getFieldName(), element.getIntKey());
      case UINT_KEY ->
          "%s[%s]".formatted(element.getFieldName(), Long.toUnsignedString(element.getUintKey()));
      case SUBSCRIPT_NOT_SET -> element.getFieldName();
    };
  }
}
