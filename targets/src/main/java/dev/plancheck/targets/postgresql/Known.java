// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One kind of object by object id: what was read of it, and what was looked up in vain and has to
/// be asked for. Nothing is asked for twice.
final class Known<V> {
  private final Map<Long, V> found = new HashMap<>();
  private final Set<Long> settled = new HashSet<>();
  private final Set<Long> wanted = new TreeSet<>();
  private final Set<Long> asked = new TreeSet<>();

  private final Set<Long> used = new HashSet<>();

  /// Wanted by a hint and not looked up yet.
  private final Set<Long> foreseen = new HashSet<>();

  @Nullable V get(long oid) {
    foreseen.remove(oid);
    used.add(oid);
    var value = found.get(oid);
    if (value == null && oid != 0 && !settled.contains(oid)) {
      wanted.add(oid);
    }
    return value;
  }

  /// Without asking for it.
  @Nullable V peek(long oid) {
    return found.get(oid);
  }

  Collection<V> values() {
    return found.values();
  }

  void put(long oid, V value) {
    found.put(oid, value);
    settled.add(oid);
    wanted.remove(oid);
  }

  /// All that will be read of these is read.
  void settle(Collection<Long> oids) {
    settled.addAll(oids);
    wanted.removeAll(oids);
  }

  boolean isComplete() {
    return wanted.isEmpty();
  }

  /// To be asked for on suspicion.
  void foresee(Set<Long> oids) {
    foreseen.addAll(oids);
    wanted.addAll(oids);
  }

  /// Whether everything foreseen was looked up.
  boolean isForeseenRight() {
    return foreseen.isEmpty();
  }

  /// All that was asked for because of lookups.
  Set<Long> asked() {
    return Set.copyOf(asked);
  }

  /// All that was looked up and is there.
  Set<Long> used() {
    return found.keySet().stream().filter(used::contains).collect(Collectors.toSet());
  }

  /// What to ask for; from now on it counts as asked for.
  Set<Long> takeWanted() {
    var taken = Set.copyOf(wanted);
    asked.addAll(taken);
    settle(taken);
    return taken;
  }
}
