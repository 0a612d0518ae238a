// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.text.Span;

/// What one action asks of the server, in the words of [OnlineDdl.Reason].
sealed interface Need {
  Span span();

  String what();

  /// `otherwise` is what it is where the rows cannot be put off.
  record Known(Operation operation, Operation otherwise, Span span, String what) implements Need {}

  /// What cannot be told; `what` says why.
  record Missing(Span span, String what) implements Need {}
}
