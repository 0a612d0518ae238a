// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Transaction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Follows a script's SET ROLE and search_path from statement to statement and through its
/// transactions: the only settings of a script that are ever repeated on a target.
///
/// SET LOCAL counts outside of a transaction too, because a whole script may run inside one.
final class Replay {
  /// What is in effect: the role, `none` for the user who connected; the search path, null for the
  /// session's own. `otherUser` tells SET SESSION AUTHORIZATION, which is never repeated.
  record State(String role, @Nullable List<String> path, boolean otherUser) {
    static final State START = new State("none", null, false);
  }

  /// `session` outlives the transaction if that commits; `effective` has what is LOCAL on top.
  private record Level(@Nullable String savepoint, State session, State effective) {}

  private State session = State.START;
  private State effective = State.START;

  /// What ROLLBACK goes back to: the transaction's begin, then its savepoints.
  private final Deque<Level> levels = new ArrayDeque<>();

  State state() {
    return effective;
  }

  void after(Statement statement) {
    if (statement instanceof Statement.SetRole(var role, var local, var sessionAuthorization)) {
      var taken = role == null || sessionAuthorization ? "none" : role;
      var other = sessionAuthorization ? role != null : effective.otherUser();
      set(local, state -> new State(taken, state.path(), other));
    } else if (statement instanceof Statement.SetVariable(var name, var local, var values)) {
      variable(name, local, values);
    } else if (statement instanceof Transaction(var kind, var savepoint, _)) {
      transaction(kind, savepoint);
    }
  }

  private void variable(String name, boolean local, List<String> values) {
    switch (name) {
      case "search_path", "all" -> {
        var path = values.isEmpty() ? null : values;
        set(local, state -> new State(state.role(), path, state.otherUser()));
      }
      case "role" -> {
        var role = values.isEmpty() ? "none" : values.getFirst();
        set(local, state -> new State(role, state.path(), state.otherUser()));
      }
      default -> {}
    }
  }

  private void set(boolean local, UnaryOperator<State> change) {
    effective = change.apply(effective);
    if (!local) {
      session = change.apply(session);
    }
  }

  private void transaction(Transaction.Kind kind, @Nullable String savepoint) {
    switch (kind) {
      case BEGIN -> begin();
      case COMMIT -> {
        effective = session;
        levels.clear();
      }
      case ROLLBACK -> {
        if (!levels.isEmpty()) {
          backTo(levels.getFirst());
        }
        effective = session;
        levels.clear();
      }
      case SAVEPOINT -> levels.addLast(new Level(savepoint, session, effective));
      case ROLLBACK_TO -> backToSavepoint(savepoint);
      case RELEASE, TWO_PHASE, SET -> {}
    }
  }

  private void begin() {
    levels.clear();
    levels.addLast(new Level(null, session, effective));
  }

  private void backToSavepoint(@Nullable String savepoint) {
    while (!levels.isEmpty()) {
      var level = levels.getLast();
      if (savepoint != null && savepoint.equals(level.savepoint())) {
        backTo(level);
        return;
      }
      if (level.savepoint() == null) {
        return;
      }
      levels.removeLast();
    }
  }

  private void backTo(Level level) {
    session = level.session();
    effective = level.effective();
  }
}
