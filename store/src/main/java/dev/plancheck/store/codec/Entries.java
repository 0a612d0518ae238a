// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import java.util.ArrayList;
import java.util.List;

/// The entries of one list of the stored form, found by reference. References must be looked up in
/// the order in which [Distinct] made them.
final class Entries<T> {
  private final List<T> entries;
  private int used;

  Entries(List<T> entries) {
    this.entries = new ArrayList<>(entries);
  }

  void add(T entry) {
    entries.add(entry);
  }

  /// Throws IndexOutOfBoundsException for a reference to nothing.
  T get(int reference) {
    return entries.get(reference == 0 ? used++ : reference - 1);
  }
}
