// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Bounds gRPC calls whose caller set no deadline, which would be endless by gRPC's rules, and
/// leaves streams alone, which end by themselves.
final class TimeLimit implements ServerInterceptor {
  private static final Metadata.Key<String> DEADLINE =
      Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var context = ServiceRequestContext.current();
    if (call.getMethodDescriptor().getType() != MethodType.UNARY) {
      context.clearRequestTimeout();
    } else if (!headers.containsKey(DEADLINE)) {
      context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, Limits.REQUEST);
    }
    return next.startCall(call, headers);
  }
}
