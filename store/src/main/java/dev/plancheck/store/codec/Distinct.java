// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A list of the stored form in the making: one entry for each distinct key, in the order of their
/// first use. [Entries] is the reading side.
final class Distinct<K> {
  private final Map<K, Integer> numbers = new HashMap<>();
  private final List<K> keys = new ArrayList<>();
  private final JsonList json = new JsonList();
  private final Function<K, Message> entry;
  private int keysOfMark;

  /// `entry` is called once for each distinct key.
  Distinct(Function<K, Message> entry) {
    this.entry = entry;
  }

  /// 0 for a key that was not seen before, whose entry becomes the last; else the number of its
  /// entry, from 1.
  int reference(K key) {
    var known = numbers.putIfAbsent(key, keys.size() + 1);
    if (known != null) {
      return known;
    }
    keys.add(key);
    json.add(entry.apply(key));
    return 0;
  }

  /// What a reference that was just made stands for: the number of an entry, from 1.
  int number(int reference) {
    return reference == 0 ? keys.size() : reference;
  }

  JsonList json() {
    return json;
  }

  /// Remembers what is there, for [#rollback].
  void mark() {
    keysOfMark = keys.size();
    json.mark();
  }

  /// Forgets what came after the mark.
  void rollback() {
    var added = keys.subList(keysOfMark, keys.size());
    added.forEach(numbers::remove);
    added.clear();
    json.rollback();
  }
}
