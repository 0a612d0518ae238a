// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.TypeName;
import java.util.List;
import java.util.Locale;

/// Reads pieces of SQL that a server's catalogue shows, the same way as those of a script: so what
/// a script says and what a database has can be compared.
public final class CatalogueText {
  private CatalogueText() {}

  /// A column's type: `int(10) unsigned`, `enum('a','b')`. What is no type of ours is taken by its
  /// name, in lower case.
  public static TypeName type(String text, EngineVersion version) {
    try {
      var pieces = Splitter.split(text, Flavour.of(version)).pieces();
      if (pieces.size() == 1) {
        return Types.of(new Reader(text, pieces.getFirst().tokens(), List.of()));
      }
    } catch (NotLowered _) {
      // Told by its name.
    }
    return TypeName.of(text.toLowerCase(Locale.ROOT));
  }
}
