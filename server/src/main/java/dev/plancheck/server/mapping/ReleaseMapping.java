// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Release;
import dev.plancheck.checks.plan.ReleaseVersion;
import java.util.ArrayList;
import java.util.List;

/// Between releases and their messages.
public final class ReleaseMapping {
  private ReleaseMapping() {}

  public static String title(dev.plancheck.api.v1.Release message) {
    return Text.check("release.title", message.getTitle());
  }

  /// Throws [ApiException] INVALID_ARGUMENT, with the field, for a sheet of another project.
  public static List<Release.File> files(String project, dev.plancheck.api.v1.Release message) {
    var files = new ArrayList<Release.File>();
    for (var file : message.getFilesList()) {
      var field = "files[%d]".formatted(files.size());
      if (!Names.projectId(file.getSheet()).equals(project)) {
        throw ApiException.invalid(
            field + ".sheet",
            "%s.sheet: %s (expected: a sheet of projects/%s)"
                .formatted(field, file.getSheet(), project));
      }
      files.add(
          new Release.File(
              Text.check(field + ".path", file.getPath()),
              new ReleaseVersion(file.getVersion()),
              Names.sheetSha256(file.getSheet())));
    }
    return List.copyOf(files);
  }

  public static dev.plancheck.api.v1.Release toProto(Release release) {
    var message =
        dev.plancheck.api.v1.Release.newBuilder()
            .setName(release.name().toString())
            .setTitle(release.title())
            .setCreateTime(ToProto.time(release.createdAt()));
    for (var file : release.files()) {
      message.addFiles(
          dev.plancheck.api.v1.Release.File.newBuilder()
              .setPath(file.path())
              .setVersion(file.version().text())
              .setSheet(Names.sheet(release.name().project(), file.sheet())));
    }
    return message.build();
  }
}
