// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.HashSet;
import java.util.List;

/// Writes releases for callers whose input is not to be trusted; reading goes to the port.
public final class ReleaseService {
  private final Releases releases;
  private final Sheets sheets;

  public ReleaseService(Releases releases, Sheets sheets) {
    this.releases = releases;
    this.sheets = sheets;
  }

  /// Throws [ApiException]: INVALID_ARGUMENT for no files or too many, versions that do not ascend,
  /// a path twice, and a sheet that the project does not see; NOT_FOUND for an unknown project;
  /// ALREADY_EXISTS.
  public Release create(ReleaseName name, String title, List<Release.File> files) {
    check(files);
    checkSheets(name.project(), files);
    return releases.create(name, title, files);
  }

  private static void check(List<Release.File> files) {
    if (files.isEmpty() || files.size() > Release.MOST_FILES) {
      throw ApiException.invalid(
          "files", "files: %d (expected: 1 to %,d)".formatted(files.size(), Release.MOST_FILES));
    }
    var paths = new HashSet<String>();
    for (var index = 0; index < files.size(); index++) {
      var file = files.get(index);
      if (file.path().isBlank() || !paths.add(file.path())) {
        throw ApiException.invalid(
            "files[%d].path".formatted(index),
            "path: '%s' (expected: unique in the release)".formatted(file.path()));
      }
      if (index > 0 && files.get(index - 1).version().compareTo(file.version()) >= 0) {
        throw ApiException.invalid(
            "files[%d].version".formatted(index),
            "version: %s behind %s (expected: ascending, each once)"
                .formatted(file.version().text(), files.get(index - 1).version().text()));
      }
    }
  }

  private void checkSheets(String project, List<Release.File> files) {
    var seen = sheets.seen(project, files.stream().map(Release.File::sheet).toList());
    for (var index = 0; index < files.size(); index++) {
      var sheet = files.get(index).sheet();
      if (!seen.contains(sheet)) {
        throw ApiException.invalid(
            "files[%d].sheet".formatted(index),
            "sheet: %s does not exist in projects/%s (expected: a sheet that was created there)"
                .formatted(sheet, project));
      }
    }
  }
}
