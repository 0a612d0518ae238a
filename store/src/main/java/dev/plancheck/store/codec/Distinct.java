// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import java.util.LinkedHashMap;
import java.util.SequencedCollection;
import java.util.SequencedMap;

/// Values that are kept once, each with the index of its first appearance.
final class Distinct<T> {
  private final SequencedMap<T, Integer> indexes = new LinkedHashMap<>();

  int indexOf(T value) {
    var next = indexes.size();
    var known = indexes.putIfAbsent(value, next);
    return known == null ? next : known;
  }

  SequencedCollection<T> values() {
    return indexes.sequencedKeySet();
  }
}
