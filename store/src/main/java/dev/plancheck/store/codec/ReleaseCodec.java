// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.ReleaseFiles;
import dev.plancheck.checks.plan.Release;
import dev.plancheck.checks.plan.ReleaseVersion;
import java.util.List;

/// The column `files`: a release's files in order.
public final class ReleaseCodec {
  private static final String WHAT = "release files";

  private ReleaseCodec() {}

  public static String toJson(List<Release.File> files) {
    var stored = ReleaseFiles.newBuilder();
    for (var file : files) {
      stored.addFiles(
          ReleaseFiles.File.newBuilder()
              .setPath(StoredText.escape(file.path()))
              .setVersion(file.version().text())
              .setSheetSha256(StoredText.escape(file.sheet())));
    }
    return StoredJson.print(stored.build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static List<Release.File> fromJson(String json) {
    var stored = StoredJson.parse(json, ReleaseFiles.newBuilder(), WHAT);
    try {
      return stored.getFilesList().stream().map(ReleaseCodec::file).toList();
    } catch (IllegalArgumentException e) {
      throw new StoredFormatException(WHAT, e);
    }
  }

  private static Release.File file(ReleaseFiles.File stored) {
    return new Release.File(
        StoredText.unescape(stored.getPath()),
        new ReleaseVersion(stored.getVersion()),
        StoredText.unescape(stored.getSheetSha256()));
  }
}
