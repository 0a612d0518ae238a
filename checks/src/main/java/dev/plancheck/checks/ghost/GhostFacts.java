// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.engine.Engine;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that a server says of itself, of its user and of one table, as far as gh-ost would look at
/// it. Nothing of it was found out by changing anything, but for the `trial` and the `noop`.
///
/// `rows` says of queries for rows that would be lost whether they found one; it is empty where
/// nobody may look at the data. `trial` is null where nobody may try the ALTER on a copy, `noop`
/// where gh-ost itself was not asked.
public record GhostFacts(
    Server server,
    Answer<Grants> grants,
    Answer<Found> table,
    SortedMap<String, Answer<Boolean>> rows,
    @Nullable Trial trial,
    @Nullable Noop noop) {
  public GhostFacts {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
  }

  /// Before anybody looked at the data.
  public GhostFacts(Server server, Answer<Grants> grants, Answer<Found> table) {
    this(server, grants, table, Collections.emptySortedMap(), null, null);
  }

  GhostFacts withRows(SortedMap<String, Answer<Boolean>> asked) {
    return new GhostFacts(server, grants, table, asked, trial, noop);
  }

  GhostFacts withTrial(Trial tried) {
    return new GhostFacts(server, grants, table, rows, tried, noop);
  }

  GhostFacts withNoop(Noop heard) {
    return new GhostFacts(server, grants, table, rows, trial, heard);
  }

  /// `version` is as the server tells it; `variables` are global ones by their lower-case names,
  /// and hold only those that the server has. `database` is the session's own.
  public record Server(
      Engine engine,
      String version,
      String database,
      SortedMap<String, String> variables,
      Answer<BinaryLog> binaryLog,
      Answer<List<Source>> sources,
      Answer<Integer> replicas,
      Answer<Boolean> metadataLocks) {
    public Server {
      variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /// A variable's value, empty if the server does not have it.
    String variable(String name) {
      return variables.getOrDefault(name, "");
    }

    boolean isOn(String name) {
      var value = variable(name);
      return value.equalsIgnoreCase("ON") || value.equals("1");
    }
  }

  /// What SHOW MASTER STATUS tells: the databases that are written to the binary log, or left out
  /// of it; both lists are empty if all are written.
  public record BinaryLog(List<String> only, List<String> without) {
    public BinaryLog {
      only = List.copyOf(only);
      without = List.copyOf(without);
    }
  }

  /// A server that this one replicates from; `lagSeconds` is null if it does not know.
  public record Source(String host, boolean receives, boolean applies, @Nullable Long lagSeconds) {}

  /// `lines` are what SHOW GRANTS FOR CURRENT_USER() answers, which is all that gh-ost looks at;
  /// `ofRoles` are the same of the roles that are active. Passwords are not in them.
  public record Grants(String user, List<String> lines, List<String> ofRoles) {
    public Grants {
      lines = List.copyOf(lines);
      ofRoles = List.copyOf(ofRoles);
    }
  }

  /// `alike` are the tables and views of the same database that gh-ost's patterns could take for
  /// the table, or for one of its own; views are listed in `views` too.
  public record Found(Relation relation, List<String> alike, List<String> views) {
    public Found {
      alike = List.copyOf(alike);
      views = List.copyOf(views);
    }
  }

  /// What there is under the name.
  public sealed interface Relation {
    /// Nothing that the user may see.
    record Missing() implements Relation {}

    record View() implements Relation {}

    /// `rows`, `dataBytes` and `indexBytes` are the server's own estimates, null if it has none;
    /// `runningIn` is the connection that holds gh-ost's lock of the table, else null.
    record Base(
        String name,
        String engine,
        String collation,
        boolean systemVersioned,
        @Nullable Long rows,
        @Nullable Long dataBytes,
        @Nullable Long indexBytes,
        List<Column> columns,
        List<TableKey> keys,
        List<ForeignKey> foreignKeys,
        List<String> triggers,
        @Nullable Long runningIn)
        implements Relation {
      public Base {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        foreignKeys = List.copyOf(foreignKeys);
        triggers = List.copyOf(triggers);
      }
    }
  }

  /// `type` is the whole of it: `int(10) unsigned`; `charset` and `collation` are null where it has
  /// none; `defaultText` is null for none and for NULL.
  public record Column(
      String name,
      String type,
      boolean nullable,
      @Nullable String charset,
      @Nullable String collation,
      boolean generated,
      boolean autoIncrement,
      @Nullable String defaultText) {}

  /// An index; `columns` in order, empty for an expression; `prefixed` if any of them is only
  /// begun.
  public record TableKey(String name, boolean unique, List<String> columns, boolean prefixed) {
    public TableKey {
      columns = List.copyOf(columns);
    }

    boolean hasExpression() {
      return columns.contains("");
    }

    /// Those that are no expressions: all that gh-ost sees.
    List<String> named() {
      return columns.stream().filter(column -> !column.isEmpty()).toList();
    }
  }

  /// `child` is the table that has it, `parent` the one it points at, both with their database.
  public record ForeignKey(String name, String child, String parent, boolean ofParent) {}
}
