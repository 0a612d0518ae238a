// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers what the actions of one statement need; used by one thread.
final class Needs {
  private final List<Need> all = new ArrayList<>();
  private @Nullable Requested algorithm;
  private @Nullable Requested lock;

  /// A clause of the statement, or a setting, that says how to alter; `value` in upper case.
  record Requested(String clause, String value) {
    @Override
    public String toString() {
      return clause + "=" + value;
    }
  }

  void add(Operation operation, Span span, String what) {
    add(operation, Operation.REBUILD, span, what);
  }

  void add(Operation operation, Operation otherwise, Span span, String what) {
    all.add(new Need.Known(operation, otherwise, span, what));
  }

  void missing(Span span, String what) {
    all.add(new Need.Missing(span, what));
  }

  void request(String clause, String value) {
    if (clause.equals("LOCK")) {
      lock = new Requested(clause, value);
    } else {
      algorithm = new Requested(clause, value);
    }
  }

  List<Need> all() {
    return List.copyOf(all);
  }

  /// Null where nothing but DEFAULT is wanted.
  @Nullable Requested algorithm() {
    return wanted(algorithm);
  }

  @Nullable Requested lock() {
    return wanted(lock);
  }

  boolean mentionsAlgorithm() {
    return algorithm != null;
  }

  private static @Nullable Requested wanted(@Nullable Requested requested) {
    return requested == null || requested.value().equals("DEFAULT") ? null : requested;
  }
}
