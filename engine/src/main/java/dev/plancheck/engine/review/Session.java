// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/// What the script has done to its own session before a statement: the transaction it opened and
/// what it SET.
///
/// `inTransaction` is true between BEGIN and its end, and in the whole of a script that neither
/// controls transactions nor holds a statement which PostgreSQL refuses inside one: that runs as a
/// single transaction, in a rollout as with most migration tools. `settings` are the effective
/// ones, the target's own overlaid by the script's, names in lower case.
public record Session(boolean inTransaction, SortedMap<String, String> settings) {
  public Session {
    settings = Collections.unmodifiableSortedMap(settings);
  }

  public Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }
}
