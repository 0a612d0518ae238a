// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

/// Where a table stops being SMALL and begins to be LARGE, by rows and by bytes: either is enough.
public record SizeBorders(long smallRows, long smallBytes, long largeRows, long largeBytes) {
  public static final SizeBorders DEFAULT = new SizeBorders(10_000, 10L << 20, 1_000_000, 1L << 30);
}
