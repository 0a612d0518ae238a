// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.util.Arrays;

/// Names of enum constants in text columns.
final class StoredNames {
  private StoredNames() {}

  /// Throws [StorageException] for a name that this version does not know.
  static <E extends Enum<E>> E read(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(type.getSimpleName(), name));
  }

  static StorageException unknown(String kind, String name) {
    return new StorageException(
        "the metadata database holds the unknown %s %s (expected: written by this or an older version of plancheck)"
            .formatted(kind, name));
  }
}
