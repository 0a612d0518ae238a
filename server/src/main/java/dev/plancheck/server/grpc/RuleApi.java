// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.Engine;
import dev.plancheck.api.v1.GetRuleRequest;
import dev.plancheck.api.v1.ListRulesRequest;
import dev.plancheck.api.v1.ListRulesResponse;
import dev.plancheck.api.v1.Rule;
import dev.plancheck.api.v1.RuleServiceGrpc.RuleServiceImplBase;
import dev.plancheck.checks.ApiException;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.ToProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The catalogue of rules over the API: whatever a finding can be of.
public final class RuleApi extends RuleServiceImplBase {
  private final List<RuleInfo> rules;
  private final Function<String, Optional<String>> pages;

  /// `rules` are sorted by id; `pages` finds the page of an id.
  public RuleApi(List<RuleInfo> rules, Function<String, Optional<String>> pages) {
    this.rules = List.copyOf(rules);
    this.pages = pages;
  }

  @Override
  public void getRule(GetRuleRequest request, StreamObserver<Rule> observer) {
    Answers.answer(
        observer,
        () -> {
          var id = Names.ruleId(request.getName());
          var rule =
              rules.stream()
                  .filter(info -> info.id().equals(id))
                  .findFirst()
                  .orElseThrow(() -> ApiException.notFound(request.getName()));
          return ToProto.rule(rule).toBuilder().setPage(pages.apply(id).orElse("")).build();
        });
  }

  @Override
  public void listRules(ListRulesRequest request, StreamObserver<ListRulesResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          var token = PageToken.of(request);
          var page = Page.of(request.getPageSize(), 1_000);
          var after = token.read(request.getPageToken());
          var found =
              rules.stream()
                  .filter(info -> info.id().compareTo(after) > 0)
                  .filter(info -> isOf(request.getEngine(), info))
                  .limit(page.limit())
                  .toList();
          return ListRulesResponse.newBuilder()
              .addAllRules(page.of(found).stream().map(ToProto::rule).toList())
              .setNextPageToken(page.next(found, token, RuleInfo::id))
              .build();
        });
  }

  private static boolean isOf(Engine wanted, RuleInfo info) {
    return wanted == Engine.ENGINE_UNSPECIFIED
        || info.engines().stream().map(ToProto::engine).anyMatch(wanted::equals);
  }
}
