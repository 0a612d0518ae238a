// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.canary;

import dev.plancheck.checks.run.RunStatus;
import org.antlr.v4.runtime.CommonToken;

/// Breaks two laws: the parser stays in its dialect, and the engine knows no other room.
public final class KnowsTheParser {
  CommonToken token = new CommonToken(1);
  RunStatus status = RunStatus.DONE;
}
