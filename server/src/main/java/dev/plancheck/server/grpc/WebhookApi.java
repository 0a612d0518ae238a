// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import com.google.protobuf.Empty;
import dev.plancheck.api.v1.CreateWebhookRequest;
import dev.plancheck.api.v1.DeleteWebhookRequest;
import dev.plancheck.api.v1.GetWebhookRequest;
import dev.plancheck.api.v1.ListWebhookDeliveriesRequest;
import dev.plancheck.api.v1.ListWebhookDeliveriesResponse;
import dev.plancheck.api.v1.ListWebhooksRequest;
import dev.plancheck.api.v1.ListWebhooksResponse;
import dev.plancheck.api.v1.UpdateWebhookRequest;
import dev.plancheck.api.v1.Webhook;
import dev.plancheck.api.v1.WebhookServiceGrpc.WebhookServiceImplBase;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.notice.NoticePorts;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.server.mapping.Masks;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.WebhookFromProto;
import dev.plancheck.server.mapping.WebhookToProto;
import dev.plancheck.server.secret.Vault;
import dev.plancheck.server.webhook.Signature;
import dev.plancheck.server.webhook.WebhookTargets;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.util.Set;

/// Webhooks over the API. Secrets go out once, when they are made.
public final class WebhookApi extends WebhookServiceImplBase {
  private static final Set<String> CHANGEABLE = Set.of("title", "url", "events", "disabled");

  private final Projects projects;
  private final NoticePorts ports;
  private final WebhookTargets targets;
  private final Vault vault;
  private final SecureRandom random = new SecureRandom();

  public WebhookApi(Projects projects, NoticePorts ports, WebhookTargets targets, Vault vault) {
    this.projects = projects;
    this.ports = ports;
    this.targets = targets;
    this.vault = vault;
  }

  @Override
  public void createWebhook(CreateWebhookRequest request, StreamObserver<Webhook> observer) {
    Answers.answer(
        observer,
        () -> {
          var project = Names.projectId(request.getParent());
          var id = request.getWebhookId();
          var secret = Signature.newSecret(random);
          var sealed =
              vault.sealText(dev.plancheck.checks.notice.Webhook.name(project, id), secret);
          targets.require(request.getWebhook().getUrl());
          var created =
              ports
                  .webhooks()
                  .create(WebhookFromProto.webhook(project, id, request.getWebhook(), sealed));
          return WebhookToProto.webhook(created).toBuilder().setSigningSecret(secret).build();
        });
  }

  @Override
  public void getWebhook(GetWebhookRequest request, StreamObserver<Webhook> observer) {
    Answers.answer(observer, () -> WebhookToProto.webhook(existing(request.getName())));
  }

  @Override
  public void listWebhooks(
      ListWebhooksRequest request, StreamObserver<ListWebhooksResponse> observer) {
    Answers.answer(observer, () -> list(request));
  }

  private ListWebhooksResponse list(ListWebhooksRequest request) {
    var project = ProjectApi.existing(projects, request.getParent()).id();
    var token = PageToken.of(request);
    var page = Page.of(request.getPageSize(), 100);
    var last = token.read(request.getPageToken());
    var found =
        ports.webhooks().list(project).stream()
            .filter(webhook -> webhook.id().compareTo(last) > 0)
            .limit(page.limit())
            .toList();
    return ListWebhooksResponse.newBuilder()
        .addAllWebhooks(page.of(found).stream().map(WebhookToProto::webhook).toList())
        .setNextPageToken(page.next(found, token, webhook -> webhook.id()))
        .build();
  }

  @Override
  public void updateWebhook(UpdateWebhookRequest request, StreamObserver<Webhook> observer) {
    Answers.answer(
        observer,
        () -> {
          var given = request.getWebhook();
          var current = existing(given.getName());
          var wanted =
              Masks.apply(
                  WebhookToProto.webhook(current), given, request.getUpdateMask(), CHANGEABLE);
          targets.require(wanted.getUrl());
          return WebhookToProto.webhook(
              ports
                  .webhooks()
                  .update(
                      WebhookFromProto.webhook(
                          current.project(), current.id(), wanted, current.sealedSecret())));
        });
  }

  @Override
  public void deleteWebhook(DeleteWebhookRequest request, StreamObserver<Empty> observer) {
    Answers.answer(
        observer,
        () -> {
          var name = request.getName();
          if (!ports.webhooks().delete(Names.projectId(name), Names.webhookId(name))) {
            throw ApiException.notFound(name);
          }
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void listWebhookDeliveries(
      ListWebhookDeliveriesRequest request,
      StreamObserver<ListWebhookDeliveriesResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var webhook = existing(request.getParent());
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 50);
          var before = token.readNumber(request.getPageToken(), Long.MAX_VALUE);
          var found =
              ports.deliveries().list(webhook.project(), webhook.id(), page.limit(), before);
          return ListWebhookDeliveriesResponse.newBuilder()
              .addAllDeliveries(page.of(found).stream().map(WebhookToProto::delivery).toList())
              .setNextPageToken(
                  page.next(found, token, delivery -> Long.toString(delivery.number())))
              .build();
        });
  }

  /// Throws [ApiException] NOT_FOUND.
  private dev.plancheck.checks.notice.Webhook existing(String name) {
    return ports
        .webhooks()
        .get(Names.projectId(name), Names.webhookId(name))
        .orElseThrow(() -> ApiException.notFound(name));
  }
}
