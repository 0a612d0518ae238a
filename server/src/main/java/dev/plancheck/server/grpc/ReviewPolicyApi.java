// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import com.google.protobuf.Empty;
import dev.plancheck.api.v1.CreateReviewPolicyRequest;
import dev.plancheck.api.v1.DeleteReviewPolicyRequest;
import dev.plancheck.api.v1.GetReviewPolicyRequest;
import dev.plancheck.api.v1.ListReviewPoliciesRequest;
import dev.plancheck.api.v1.ListReviewPoliciesResponse;
import dev.plancheck.api.v1.ReviewPolicy;
import dev.plancheck.api.v1.ReviewPolicyServiceGrpc.ReviewPolicyServiceImplBase;
import dev.plancheck.api.v1.UpdateReviewPolicyRequest;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.policy.PolicyService;
import dev.plancheck.server.access.Callers;
import dev.plancheck.server.mapping.Masks;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.ReviewPolicyMapping;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/// Review policies over the API.
public final class ReviewPolicyApi extends ReviewPolicyServiceImplBase {
  private static final Set<String> CHANGEABLE = Set.of("title", "text");

  /// Texts are long, and an answer must stay small enough to be sent.
  private static final int MOST = 100;

  private final PolicyService policies;

  public ReviewPolicyApi(PolicyService policies) {
    this.policies = policies;
  }

  @Override
  public void createReviewPolicy(
      CreateReviewPolicyRequest request, StreamObserver<ReviewPolicy> observer) {
    Answers.answer(
        observer,
        () ->
            ReviewPolicyMapping.toProto(
                policies.create(
                    ReviewPolicyMapping.fromProto(
                        request.getReviewPolicyId(),
                        request.getPolicy(),
                        Callers.current().name()))));
  }

  @Override
  public void getReviewPolicy(
      GetReviewPolicyRequest request, StreamObserver<ReviewPolicy> observer) {
    Answers.answer(observer, () -> ReviewPolicyMapping.toProto(existing(request.getName())));
  }

  @Override
  public void listReviewPolicies(
      ListReviewPoliciesRequest request, StreamObserver<ListReviewPoliciesResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var token = PageToken.of(request);
          var page = Page.of(Math.min(MOST, request.getPageSize()), MOST);
          var found = policies.stored().list(page.limit(), token.read(request.getPageToken()));
          return ListReviewPoliciesResponse.newBuilder()
              .addAllReviewPolicies(
                  page.of(found).stream().map(ReviewPolicyMapping::toProto).toList())
              .setNextPageToken(
                  page.next(found, token, dev.plancheck.checks.policy.ReviewPolicy::id))
              .build();
        });
  }

  /// Without an etag the update is for the policy as it is now; a change between reading and
  /// writing is ABORTED all the same.
  @Override
  public void updateReviewPolicy(
      UpdateReviewPolicyRequest request, StreamObserver<ReviewPolicy> observer) {
    Answers.answer(
        observer,
        () -> {
          var given = request.getPolicy();
          var current = existing(given.getName());
          if (!given.getEtag().isEmpty()
              && !given.getEtag().equals(ReviewPolicyMapping.etag(current))) {
            throw dev.plancheck.checks.policy.ReviewPolicy.changed(current.id());
          }
          var wanted =
              Masks.apply(
                  ReviewPolicyMapping.toProto(current), given, request.getUpdateMask(), CHANGEABLE);
          var draft = ReviewPolicyMapping.fromProto(current.id(), wanted, Callers.current().name());
          return ReviewPolicyMapping.toProto(policies.update(draft, current.version()));
        });
  }

  @Override
  public void deleteReviewPolicy(
      DeleteReviewPolicyRequest request, StreamObserver<Empty> observer) {
    Answers.answer(
        observer,
        () -> {
          policies.stored().delete(Names.reviewPolicyId(request.getName()));
          return Empty.getDefaultInstance();
        });
  }

  private dev.plancheck.checks.policy.ReviewPolicy existing(String name) {
    return policies
        .stored()
        .get(Names.reviewPolicyId(name))
        .orElseThrow(() -> ApiException.notFound(name));
  }
}
