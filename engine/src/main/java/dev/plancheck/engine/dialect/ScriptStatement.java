// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;

/// A statement at its place: `span` runs from its first to its last token, without comments around
/// it and without the semicolon; `index` counts from 0.
public record ScriptStatement(int index, Span span, Statement statement) {}
