// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A database that an instance was found to hold. Its environment is its instance's.
public record Database(DatabaseName name, String environment, SortedMap<String, String> labels) {
  public Database {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
