// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import java.util.List;
import java.util.Optional;

/// One connection to one target. Not for use by several threads, but for [#cancel] and [#close].
public interface TargetSession extends AutoCloseable {
  /// The server's version, known once connected.
  EngineVersion version();

  /// Reads everything that scripts with these mentions can reach, in one read-only snapshot.
  Snapshot snapshot(Mentions mentions, SizeBorders borders) throws TargetException;

  /// Plans the statements that change rows, in script order, without executing anything; one answer
  /// per statement that was asked about.
  List<RowEstimate> estimate(Script script, List<ScriptStatement> statements)
      throws TargetException;

  /// What this session can tell of gh-ost; empty if gh-ost does not serve such databases.
  default Optional<GhostSession> ghost() {
    return Optional.empty();
  }

  /// Ends what runs on the server now; from any thread, at any time, never throws.
  void cancel();

  /// From any thread, at any time, and more than once; never throws. A call under way ends with a
  /// [TargetException], because the socket closes without waiting for the server.
  @Override
  void close();
}
