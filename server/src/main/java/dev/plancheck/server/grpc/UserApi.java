// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import com.google.protobuf.Empty;
import dev.plancheck.api.v1.Caller;
import dev.plancheck.api.v1.CreateTokenRequest;
import dev.plancheck.api.v1.CreateTokenResponse;
import dev.plancheck.api.v1.CreateUserRequest;
import dev.plancheck.api.v1.DeleteUserRequest;
import dev.plancheck.api.v1.GetCallerRequest;
import dev.plancheck.api.v1.GetUserRequest;
import dev.plancheck.api.v1.GrantRoleRequest;
import dev.plancheck.api.v1.ListAccessEventsRequest;
import dev.plancheck.api.v1.ListAccessEventsResponse;
import dev.plancheck.api.v1.ListTokensRequest;
import dev.plancheck.api.v1.ListTokensResponse;
import dev.plancheck.api.v1.ListUsersRequest;
import dev.plancheck.api.v1.ListUsersResponse;
import dev.plancheck.api.v1.RevokeRoleRequest;
import dev.plancheck.api.v1.RevokeTokenRequest;
import dev.plancheck.api.v1.Token;
import dev.plancheck.api.v1.User;
import dev.plancheck.api.v1.UserServiceGrpc.UserServiceImplBase;
import dev.plancheck.checks.access.AccessPorts;
import dev.plancheck.checks.access.AccessService;
import dev.plancheck.checks.access.AccessToken;
import dev.plancheck.server.access.Callers;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.Text;
import dev.plancheck.server.mapping.UserFromProto;
import dev.plancheck.server.mapping.UserToProto;
import io.grpc.stub.StreamObserver;

/// Users, their roles and their tokens over the API.
public final class UserApi extends UserServiceImplBase {
  private final AccessPorts ports;
  private final AccessService service;

  public UserApi(AccessPorts ports, AccessService service) {
    this.ports = ports;
    this.service = service;
  }

  @Override
  public void createUser(CreateUserRequest request, StreamObserver<User> observer) {
    Answers.answer(
        observer,
        () ->
            UserToProto.user(
                service.create(
                    request.getUserId(),
                    Text.check("user.title", request.getUser().getTitle()),
                    UserFromProto.kind(request.getUser()),
                    Callers.current())));
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<User> observer) {
    Answers.answer(
        observer, () -> UserToProto.user(service.existing(Names.userId(request.getName()))));
  }

  @Override
  public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 50);
          var project =
              request.getProject().isEmpty() ? null : Names.projectId(request.getProject());
          var found = ports.users().list(project, page.limit(), token.read(request.getPageToken()));
          return ListUsersResponse.newBuilder()
              .addAllUsers(page.of(found).stream().map(UserToProto::user).toList())
              .setNextPageToken(page.next(found, token, user -> user.id()))
              .build();
        });
  }

  @Override
  public void deleteUser(DeleteUserRequest request, StreamObserver<Empty> observer) {
    Answers.answer(
        observer,
        () -> {
          service.delete(Names.userId(request.getName()), Callers.current());
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void grantRole(GrantRoleRequest request, StreamObserver<User> observer) {
    Answers.answer(
        observer,
        () ->
            UserToProto.user(
                service.grant(
                    Names.userId(request.getName()),
                    UserFromProto.grant(request.getProject(), request.getRole()),
                    Callers.current())));
  }

  @Override
  public void revokeRole(RevokeRoleRequest request, StreamObserver<User> observer) {
    Answers.answer(
        observer,
        () ->
            UserToProto.user(
                service.revoke(
                    Names.userId(request.getName()),
                    UserFromProto.grant(request.getProject(), request.getRole()),
                    Callers.current())));
  }

  @Override
  public void createToken(
      CreateTokenRequest request, StreamObserver<CreateTokenResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var made =
              service.createToken(
                  Names.userId(request.getParent()),
                  Text.check("token.title", request.getToken().getTitle()),
                  UserFromProto.expiry(request.getToken()),
                  Callers.current());
          return CreateTokenResponse.newBuilder()
              .setToken(UserToProto.token(made.token()))
              .setSecret(made.secret().text())
              .build();
        });
  }

  @Override
  public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> observer) {
    Answers.answer(observer, () -> tokens(request));
  }

  private ListTokensResponse tokens(ListTokensRequest request) {
    var token = PageToken.of(request);
    var page = Page.of(request.getPageSize(), 100);
    var last = token.read(request.getPageToken());
    var all = ports.tokens().list(service.existing(Names.userId(request.getParent())).id());
    var found =
        all.stream()
            .dropWhile(one -> !last.isEmpty() && !one.id().equals(last))
            .skip(last.isEmpty() ? 0 : 1)
            .limit(page.limit())
            .toList();
    return ListTokensResponse.newBuilder()
        .addAllTokens(page.of(found).stream().map(UserToProto::token).toList())
        .setNextPageToken(page.next(found, token, AccessToken::id))
        .build();
  }

  @Override
  public void revokeToken(RevokeTokenRequest request, StreamObserver<Token> observer) {
    Answers.answer(
        observer,
        () ->
            UserToProto.token(
                service.revokeToken(
                    Names.userId(request.getName()),
                    Names.tokenId(request.getName()),
                    Callers.current())));
  }

  @Override
  public void getCaller(GetCallerRequest request, StreamObserver<Caller> observer) {
    Answers.answer(observer, () -> UserToProto.caller(Callers.current()));
  }

  @Override
  public void listAccessEvents(
      ListAccessEventsRequest request, StreamObserver<ListAccessEventsResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 100);
          var after = token.readNumber(request.getPageToken(), 0);
          var found = ports.users().events(after, page.limit());
          return ListAccessEventsResponse.newBuilder()
              .addAllEvents(page.of(found).stream().map(UserToProto::event).toList())
              .setNextPageToken(page.next(found, token, event -> Long.toString(event.id())))
              .build();
        });
  }
}
