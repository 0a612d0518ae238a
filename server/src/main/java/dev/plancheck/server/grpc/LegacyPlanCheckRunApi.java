// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.BatchCancelLegacyPlanCheckRunsRequest;
import dev.plancheck.api.v1.BatchCancelLegacyPlanCheckRunsResponse;
import dev.plancheck.api.v1.GetLegacyPlanCheckRunRequest;
import dev.plancheck.api.v1.LegacyPlanCheckRun;
import dev.plancheck.api.v1.LegacyPlanCheckRunServiceGrpc.LegacyPlanCheckRunServiceImplBase;
import dev.plancheck.api.v1.ListLegacyPlanCheckRunsRequest;
import dev.plancheck.api.v1.ListLegacyPlanCheckRunsResponse;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.legacy.LegacyFilter;
import dev.plancheck.checks.legacy.LegacyRunService;
import dev.plancheck.checks.legacy.LegacyRunService.Cursor;
import dev.plancheck.server.access.Callers;
import dev.plancheck.server.mapping.LegacyToProto;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import io.grpc.stub.StreamObserver;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The calls of clients of the row-per-check model.
public final class LegacyPlanCheckRunApi extends LegacyPlanCheckRunServiceImplBase {
  private static final Pattern CURSOR =
      Pattern.compile("([0-9]{1,9}) (true|false) (true|false) ([0-9]{1,18})");

  private final LegacyRunService service;

  public LegacyPlanCheckRunApi(LegacyRunService service) {
    this.service = service;
  }

  @Override
  public void listPlanCheckRuns(
      ListLegacyPlanCheckRunsRequest request,
      StreamObserver<ListLegacyPlanCheckRunsResponse> observer) {
    Answers.answer(observer, () -> list(request));
  }

  private ListLegacyPlanCheckRunsResponse list(ListLegacyPlanCheckRunsRequest request) {
    var plan = Names.plan(request.getParent());
    var filter = LegacyFilter.parse(request.getFilter());
    var answer = ListLegacyPlanCheckRunsResponse.newBuilder();
    if (request.getPageSize() == 0 && request.getPageToken().isEmpty()) {
      service.all(plan, filter).forEach(run -> answer.addPlanCheckRuns(LegacyToProto.run(run)));
      return answer.build();
    }
    var token = PageToken.of(request);
    var page =
        service.page(
            plan,
            filter,
            Page.of(request.getPageSize(), 1_000).size(),
            cursor(token.read(request.getPageToken())));
    page.runs().forEach(run -> answer.addPlanCheckRuns(LegacyToProto.run(run)));
    var next = page.next();
    return answer.setNextPageToken(next == null ? "" : token.write(text(next))).build();
  }

  private static String text(Cursor cursor) {
    return "%d %s %s %d"
        .formatted(cursor.attempt(), cursor.current(), cursor.clean(), cursor.uid());
  }

  private static @Nullable Cursor cursor(String text) {
    if (text.isEmpty()) {
      return null;
    }
    var parts = CURSOR.matcher(text);
    if (!parts.matches()) {
      throw ApiException.invalid("page_token", "page_token: not one that this list gave");
    }
    return new Cursor(
        Integer.parseInt(parts.group(1)),
        Boolean.parseBoolean(parts.group(2)),
        Boolean.parseBoolean(parts.group(3)),
        Long.parseLong(parts.group(4)));
  }

  @Override
  public void getPlanCheckRun(
      GetLegacyPlanCheckRunRequest request, StreamObserver<LegacyPlanCheckRun> observer) {
    var name = request.getName();
    Answers.answer(
        observer,
        () -> LegacyToProto.run(service.get(LegacyToProto.plan(name), LegacyToProto.uid(name))));
  }

  @Override
  public void batchCancelPlanCheckRuns(
      BatchCancelLegacyPlanCheckRunsRequest request,
      StreamObserver<BatchCancelLegacyPlanCheckRunsResponse> observer) {
    Answers.answer(
        observer,
        () -> {
          cancel(request);
          return BatchCancelLegacyPlanCheckRunsResponse.getDefaultInstance();
        });
  }

  private void cancel(BatchCancelLegacyPlanCheckRunsRequest request) {
    var plan = Names.plan(request.getParent());
    for (var name : request.getPlanCheckRunsList()) {
      if (!LegacyToProto.plan(name).equals(plan)) {
        throw new ApiException(
            ApiException.Code.NOT_FOUND,
            "plan_check_runs",
            "%s is none of %s (expected: runs of that plan)".formatted(name, plan));
      }
    }
    service.cancel(
        plan,
        request.getPlanCheckRunsList().stream().map(LegacyToProto::uid).toList(),
        Callers.current().name());
  }
}
