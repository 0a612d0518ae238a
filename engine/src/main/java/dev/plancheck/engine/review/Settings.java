// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.sql.Statement.SetVariable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a script has SET: for the session, and with SET LOCAL until the transaction ends.
/// Immutable.
record Settings(
    SortedMap<String, String> target,
    SortedMap<String, List<String>> session,
    SortedMap<String, List<String>> local) {

  static Settings of(SortedMap<String, String> target) {
    return new Settings(target, new TreeMap<>(), new TreeMap<>());
  }

  /// After a SET or RESET. SET LOCAL outside a transaction does nothing but warn.
  Settings after(SetVariable set, boolean inTransaction) {
    if (set.local()) {
      return inTransaction
          ? new Settings(target, session, with(local, set.name(), set.values()))
          : this;
    }
    if (set.name().equals("all")) {
      return of(target);
    }
    return new Settings(
        target, with(session, set.name(), set.values()), without(local, set.name()));
  }

  Settings afterTransaction() {
    return local.isEmpty() ? this : new Settings(target, session, new TreeMap<>());
  }

  /// What the script itself has set a variable to; null if it has not, or has reset it.
  @Nullable List<String> own(String name) {
    var values = local.containsKey(name) ? local.get(name) : session.get(name);
    return values == null || values.isEmpty() ? null : values;
  }

  SortedMap<String, String> effective() {
    if (session.isEmpty() && local.isEmpty()) {
      return target;
    }
    var all = new TreeMap<>(target);
    overlay(all, session);
    overlay(all, local);
    return Collections.unmodifiableSortedMap(all);
  }

  /// An empty list of values means the target's own: DEFAULT or RESET.
  private void overlay(SortedMap<String, String> all, SortedMap<String, List<String>> set) {
    set.forEach((name, values) -> {
      var usual = target.get(name);
      if (!values.isEmpty()) {
        all.put(name, String.join(", ", values));
      } else if (usual == null) {
        all.remove(name);
      } else {
        all.put(name, usual);
      }
    });
  }

  private static SortedMap<String, List<String>> with(
      SortedMap<String, List<String>> map, String name, List<String> values) {
    var copy = new TreeMap<>(map);
    copy.put(name, values);
    return copy;
  }

  private static SortedMap<String, List<String>> without(
      SortedMap<String, List<String>> map, String name) {
    var copy = new TreeMap<>(map);
    copy.remove(name);
    return copy;
  }
}
