// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.advise;

/// The port to a server that parses SQL without executing any of it.
public interface SyntaxJudge {
  /// What it calls itself: `PostgreSQL 18.6`.
  String name();

  /// Judges one or more statements; the parser stops at the first error.
  Judgement judge(String sql);

  sealed interface Judgement {
    record Accepted() implements Judgement {}

    /// `offset` is 0-based in UTF-16 units of the judged text; it is the text's length for an error
    /// at its end.
    record Refused(String message, int offset) implements Judgement {}

    /// No answer about this text, for a reason in words; about another text there may be one.
    record NotJudged(String reason) implements Judgement {}

    /// No answer about any text for now, for a reason in words: there is no server to ask.
    record Unavailable(String reason) implements Judgement {}
  }
}
