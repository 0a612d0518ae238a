// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

/// How a server alters a table, from what costs least to what costs most. NOCOPY is MariaDB's word
/// for an INPLACE that does not rebuild the table.
public enum Algorithm {
  INSTANT,
  NOCOPY,
  INPLACE,
  COPY
}
