// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.client;

import dev.plancheck.cli.terminal.ExitCode;
import java.util.Set;

/// A call that a server did not answer as it was asked to: the server could not be reached, refused
/// the call, or failed. The message is for the user, and holds no token.
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// In place of a status when there was no answer.
  private static final int NONE = 0;

  private static final Set<Integer> PASSING = Set.of(NONE, 429, 502, 503, 504);

  private final int httpStatus;

  private ServerException(int httpStatus, String message) {
    super(message);
    this.httpStatus = httpStatus;
  }

  static ServerException unreachable(String message) {
    return new ServerException(NONE, message);
  }

  static ServerException answered(int httpStatus, String message) {
    return new ServerException(httpStatus, message);
  }

  /// Whether what was asked for is not there.
  public boolean isNotFound() {
    return httpStatus == 404;
  }

  /// Whether the same call may succeed later: nobody answered, or a server that cannot now.
  public boolean isPassing() {
    return PASSING.contains(httpStatus);
  }

  /// A refusal is the caller's to mend; a server that did not answer or failed leaves open what it
  /// would have said.
  public int exitCode() {
    return httpStatus >= 400 && httpStatus < 500 ? ExitCode.USAGE : ExitCode.UNREACHABLE;
  }
}
