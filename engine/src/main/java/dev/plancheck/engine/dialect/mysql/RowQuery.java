// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a query can ask for the rows that one UPDATE, DELETE or INSERT with a query changes, made of
/// the tokens of the statement, so that no comment is left of it.
///
/// What it calls is built into every server and only computes; what it reads are `tables`. Whether
/// one of these is a view, which may call anything, only the server can say.
public sealed interface RowQuery {
  /// A row of the query stands for a row of the one changed table, or, if `joined`, for some row of
  /// each. `with` comes before SELECT, `rows` behind its list; `limit` is that of the statement and
  /// not part of `rows`. `inner` are the names of common table expressions: one may be that of a
  /// table, too, which is then read where the expression is not seen.
  record Asked(
      String with,
      String rows,
      @Nullable Long limit,
      boolean joined,
      List<Changed> changed,
      List<ObjectName> tables,
      List<ObjectName> inner)
      implements RowQuery {
    public Asked {
      changed = List.copyOf(changed);
      tables = List.copyOf(tables);
      inner = List.copyOf(inner);
    }

    /// One SELECT without any end of its own.
    public String select(String list) {
      return with + "SELECT " + list + (rows.isEmpty() ? "" : " " + rows);
    }
  }

  /// `reason` is a clause for people.
  record Refused(String reason) implements RowQuery {}

  /// `name` is what the query calls the table, quoted; empty for one that it does not read.
  record Changed(ObjectName table, String name) {}

  /// The text is that of one statement, as a script has it. Never throws.
  static RowQuery of(String statement, EngineVersion version) {
    try {
      return RowQuestion.of(statement, version);
    } catch (NotLowered e) {
      return new Refused("it has a form that is not understood: " + e.reason());
    } catch (StackOverflowError _) {
      return new Refused("it is nested too deeply");
    }
  }
}
