// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The log file of a server, which it appends to.
public record ServerLog(Path file) {
  private static final long ROTATE_AT_BYTES = 10L << 20;
  private static final long TAIL_BYTES = 16L << 10;
  private static final int TAIL_LINES = 20;

  /// Makes it writable for the account of the server; a long one is put aside as `server.log.1`.
  public void prepare(RunAs runAs) throws IOException {
    if (size() > ROTATE_AT_BYTES) {
      var aside = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(file)) {
      Storage.writePrivate(file, "");
    }
    runAs.handOver(file);
  }

  public long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /// The last lines among those written since the file had this size.
  public String since(long mark) throws IOException {
    try (var channel = FileChannel.open(file)) {
      channel.position(Math.max(mark, channel.size() - TAIL_BYTES));
      var bytes = Channels.newInputStream(channel).readAllBytes();
      var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
  }
}
