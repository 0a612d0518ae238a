// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.CreateSheetRequest;
import dev.plancheck.api.v1.GetSheetRequest;
import dev.plancheck.api.v1.Sheet;
import dev.plancheck.api.v1.SheetServiceGrpc.SheetServiceImplBase;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.SheetFromProto;
import dev.plancheck.server.mapping.ToProto;
import io.grpc.stub.StreamObserver;

/// Sheets over the API.
public final class SheetApi extends SheetServiceImplBase {
  private final Projects projects;
  private final Sheets sheets;

  public SheetApi(Projects projects, Sheets sheets) {
    this.projects = projects;
    this.sheets = sheets;
  }

  @Override
  public void createSheet(CreateSheetRequest request, StreamObserver<Sheet> observer) {
    Answers.answer(
        observer,
        () -> {
          var project = ProjectApi.existing(projects, request.getParent()).id();
          var sheet = sheets.put(project, SheetFromProto.text(request.getSheet()));
          return ToProto.sheet(project, sheet);
        });
  }

  @Override
  public void getSheet(GetSheetRequest request, StreamObserver<Sheet> observer) {
    Answers.answer(
        observer,
        () -> {
          var project = ProjectApi.existing(projects, request.getName()).id();
          var sheet =
              sheets
                  .get(project, Names.sheetSha256(request.getName()))
                  .orElseThrow(() -> ApiException.notFound(request.getName()));
          return ToProto.sheet(project, sheet);
        });
  }
}
