// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.dialect.Script;

/// A rule that looks at the whole script once, after the walk-through, with the schema as it is in
/// the end.
public non-sealed interface ScriptRule extends Rule {
  void check(Script script, ScriptContext context);
}
