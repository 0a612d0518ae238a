// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Schema;
import java.util.List;

/// What a [ScriptRule] may know, and where it leaves its findings.
public interface ScriptContext extends Reporter {
  /// The target before the script.
  Schema before();

  /// The target after the script, as far as the walk-through can tell.
  Schema after();

  /// Every statement with what held before it, in order.
  List<Step> steps();

  record Step(ScriptStatement statement, Schema schema, Session session) {}
}
