// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.text.SourceText;

/// Splits a text into statements and lowers each of them. Safe for use by several threads.
public interface Dialect {
  Engine engine();

  /// Never throws for any text: what cannot be understood becomes a `NotAnalysed` or `Rejected`
  /// statement.
  Script parse(SourceText source, EngineVersion version);
}
