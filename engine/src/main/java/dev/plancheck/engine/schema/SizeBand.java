// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

/// How big a table is, coarsely enough that databases of one kind share a review.
///
/// EMPTY is proved: no pages in the table nor in any of its partitions. UNKNOWN counts as existing
/// and of any size.
public enum SizeBand {
  EMPTY,
  SMALL,
  NORMAL,
  LARGE,
  UNKNOWN
}
