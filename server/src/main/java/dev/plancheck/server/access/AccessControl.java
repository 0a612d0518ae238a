// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.access;

import com.google.protobuf.Message;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.access.Authentication;
import dev.plancheck.checks.access.Authentication.Credentials;
import dev.plancheck.checks.access.Caller;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lets nobody pass whom the table does not allow, whatever face the call came by.
public final class AccessControl implements ServerInterceptor {
  private static final String AUTHORIZATION = "authorization";

  /// Any of these tells that a proxy passed the call on.
  private static final List<String> OF_PROXIES =
      List.of("forwarded", "x-forwarded-for", "x-real-ip", "via");

  private final Authentication authentication;

  public AccessControl(Authentication authentication) {
    this.authentication = authentication;
  }

  /// Who calls `method`. Throws [ApiException]: UNAUTHENTICATED, PERMISSION_DENIED. `header` gives
  /// a header of the call by its name in lower case, or null.
  public Caller require(
      MethodDescriptor<?, ?> method, Function<String, @Nullable String> header, Message request) {
    var rule = AccessRules.of(method.getFullMethodName());
    var caller = authentication.caller(credentials(header));
    rule.require(caller, request);
    return caller;
  }

  private static Credentials credentials(Function<String, @Nullable String> header) {
    return new Credentials(
        Optional.ofNullable(header.apply(AUTHORIZATION)),
        OF_PROXIES.stream().anyMatch(name -> header.apply(name) != null));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private volatile @Nullable Caller caller;

      @Override
      public void onMessage(Q request) {
        caller =
            require(call.getMethodDescriptor(), name -> text(headers, name), (Message) request);
        super.onMessage(request);
      }

      @Override
      public void onHalfClose() {
        // Services begin their work here.
        var known = caller;
        if (known == null) {
          throw new ApiException(
              ApiException.Code.INVALID_ARGUMENT, "the call has no request (expected: one)");
        }
        Callers.run(known, super::onHalfClose);
      }
    };
  }

  private static @Nullable String text(Metadata headers, String name) {
    return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }
}
