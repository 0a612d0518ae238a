// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded.mysql;

/// This machine lacks a server, or what a server needs to run; the message says what to install.
public final class NoServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoServerException(String message) {
    super(message);
  }
}
