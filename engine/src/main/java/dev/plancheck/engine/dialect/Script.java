// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.text.SourceText;
import java.util.List;

/// A sheet's text as statements in order, with its comments kept for suppressions.
public record Script(
    SourceText source,
    EngineVersion version,
    List<ScriptStatement> statements,
    List<Comment> comments) {
  public Script {
    statements = List.copyOf(statements);
    comments = List.copyOf(comments);
  }

  /// The same script with other statements, after a judge has spoken.
  public Script withStatements(List<ScriptStatement> judged) {
    return new Script(source, version, judged, comments);
  }
}
