// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;

/// A statement at its place: `span` runs from its first to its last token, without comments around
/// it and without the semicolon; `index` counts from 0. `plain` is false for what a server would
/// never get as it stands: a command of psql, a statement with one inside, rows of COPY.
public record ScriptStatement(int index, Span span, Statement statement, boolean plain) {
  public ScriptStatement(int index, Span span, Statement statement) {
    this(index, span, statement, true);
  }

  public ScriptStatement withStatement(Statement other) {
    return new ScriptStatement(index, span, other, plain);
  }
}
